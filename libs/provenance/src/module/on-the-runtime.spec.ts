import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import { assembleTransaction, buildTransaction, decodeTransaction, ReceiptStatus } from '@waymark/ledger/chain';
import type { BodyInput, Genesis } from '@waymark/ledger/chain';
import { fromHex, toHex, utf8 } from '@waymark/ledger/primitives';
import { createRuntime } from '@waymark/ledger/runtime';
import type { StateView } from '@waymark/ledger/state';
import { aContext, at, gtin, unit } from '../../../../test/support/provenance-world.js';
import { bodyKinds, provenanceModule } from './index.js';

const keys: Readonly<Record<string, string>> = { maker: '0a'.repeat(32), packer: '0b'.repeat(32) };
const genesis: Genesis = {
  format: 'waymark-genesis/2',
  suite: 1,
  chainId: 'provenance-story',
  timeMs: 1_000,
  parameters: {
    deltaMs: 1,
    minBlockMs: 1,
    slotMs: 1,
    maxBlockBytes: 4_194_304,
    maxTxBytes: 1_048_576,
    expiryHeightsMax: 10_000,
    guardianEvery: 0,
    epochLength: 0,
  },
  organisations: Object.entries(keys).map(([account, publicKey]) => ({
    account,
    name: { en: account, 'zh-CN': account },
    role: 'company',
    class: 'producer',
    keys: [{ publicKey, proofOfPossession: '00'.repeat(64) }],
    companyPrefixes: [account === 'maker' ? '9521234' : '9521235'],
  })),
  validators: [],
  proposers: [],
};
const genesisHash = new Uint8Array(32).fill(7);
const json = (value: unknown) => utf8(JSON.stringify(value));
const context: BodyInput = { kind: bodyKinds.context, content: json(aContext['@context']) };
const event = (fields: object): BodyInput => ({
  kind: bodyKinds.event,
  context: 1,
  content: json({ eventTime: at(1), eventTimeZoneOffset: '+00:00', ...fields }),
});
const commission = (...epcList: string[]) =>
  event({ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList });
const ship = (...epcList: string[]) =>
  event({ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList, eventTime: at(2) });

class Chain {
  readonly runtime = createRuntime({ hashing, modules: [provenanceModule], genesis, genesisHash });
  view: StateView = this.runtime.genesisState();
  height = 0;

  send(sender: string, bodies: readonly BodyInput[], proceed = false) {
    this.height += 1;
    const unsigned = buildTransaction(hashing, {
      genesisHash,
      sender,
      expiryHeight: this.height + 10,
      proceed,
      bodies,
    });
    const signatures = [{ publicKey: fromHex(keys[sender] ?? ''), signature: new Uint8Array(64) }];
    const transaction = decodeTransaction(hashing, assembleTransaction(unsigned, signatures));
    if (!transaction.ok) throw new Error(transaction.refusal.code);
    const result = this.runtime.executeBlock(this.view, {
      height: this.height,
      timeMs: Date.parse(at(9)),
      transactions: [transaction.value],
    });
    this.view = result.overlay;
    return { receipt: result.receipts[0], events: result.events[0] ?? [], warnings: result.warnings[0] ?? [] };
  }
}

describe('provenance on the real runtime', () => {
  it('captures a document of events under one signature', () => {
    const told = new Chain().send('packer', [context, commission(unit('cans', '1')), ship(unit('cans', '1'))]);
    expect(told.receipt).toMatchObject({ status: ReceiptStatus.ACCEPTED, failures: [] });
    expect(told.events.map(({ type, body }) => [type, body])).toEqual([
      ['provenance.captured', 1],
      ['provenance.captured', 2],
    ]);
    expect(told.warnings).toEqual([]);
  });

  it('rolls the whole document back, or leaves out what is refused, as its sender wishes', () => {
    const bodies = [context, ship(unit('cans', '1')), commission(unit('cans', '1'))];
    const chain = new Chain();
    const before = toHex(chain.view.root);
    const back = chain.send('maker', bodies);
    expect(back.receipt).toMatchObject({
      status: ReceiptStatus.REFUSED,
      failures: [{ body: 3, code: 'PROVENANCE_PREFIX_NOT_YOURS', pointer: '/epcList/0' }],
    });
    expect(back.events).toEqual([]);
    expect(toHex(chain.view.root)).not.toBe(before); // the transaction's id is remembered, nothing else
    const proceed = chain.send('maker', bodies, true);
    expect(proceed.receipt?.status).toBe(ReceiptStatus.PARTIAL);
    expect(proceed.events.map(({ type, body }) => [type, body])).toEqual([['provenance.captured', 1]]);
  });

  it('judges serialised units in order within one document', () => {
    const chain = new Chain();
    const on: BodyInput = { kind: bodyKinds.serialisation, content: json({ gtin: gtin.cans, enabled: true }) };
    const [one, two] = [unit('cans', '1'), unit('cans', '2')];
    const told = chain.send('packer', [context, on, commission(one), commission(one, two), ship(one)], true);
    expect(told.receipt?.failures).toMatchObject([{ body: 4, code: 'PROVENANCE_ALREADY_COMMISSIONED' }]);
    // The refused body left no trace: its other unit can still be commissioned.
    expect(chain.send('packer', [context, commission(two)]).receipt?.status).toBe(ReceiptStatus.ACCEPTED);
  });

  it('gives the same root on every node', () => {
    const roots = [new Chain(), new Chain()].map((chain) => {
      chain.send('packer', [context, commission(unit('cans', '1'), unit('cans', '2'))]);
      chain.send('maker', [context, ship(unit('cans', '1'), 'urn:example:box:1')]);
      return toHex(chain.view.root);
    });
    expect(roots[0]).toBe(roots[1]);
  });

  it('says in a dry run what the block will say, and writes nothing', () => {
    const chain = new Chain();
    const root = toHex(chain.view.root);
    const bodies = [context, commission('urn:epc:id:sgtin:9521234.000001.9'), ship('urn:example:box:1')];
    const answer = chain.runtime.dryRun(
      chain.view,
      { sender: 'packer', transactions: [{ proceed: true, bodies }] },
      1,
      Date.parse(at(9)),
    );
    if (!answer.ok) throw new Error(answer.refusal.code);
    expect(answer.results[0]).toMatchObject({
      failures: [{ body: 2, code: 'PROVENANCE_PREFIX_NOT_YOURS' }],
      warnings: [
        { body: 3, code: 'PROVENANCE_IDENTIFIER_NOT_GS1' },
        { body: 3, code: 'PROVENANCE_NOT_YET_KNOWN' },
      ],
    });
    expect(toHex(chain.view.root)).toBe(root);
  });
});
