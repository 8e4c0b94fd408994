import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { signMessage } from '@waymark/accel/portable';
import { assembleTransaction, buildTransaction, decodeTransaction, ReceiptStatus } from '@waymark/ledger/chain';
import { portableHashing } from '@waymark/accel/portable';
import { fromBase64, toBase64 } from '@waymark/ledger/primitives';
import {
  flipByte,
  jsonBody,
  keyOf,
  openSmallChain,
  type RangePieceJson,
  type SmallChain,
} from '../../../test/support/small-chain.js';
import { TRUSTING_PERIOD_MS } from './check-headers.js';
import { examineEvidence } from './examine-evidence.js';
import { examineRange, type RangeVerdict } from './examine-range.js';
import type { ExaminationOf, RecordFinding } from './finding.js';
import { verifyEvidence } from './verify-evidence.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const all = (examined: ExaminationOf<string>): RecordFinding[] => {
  if (!examined.ok) throw new Error(`${examined.code} at ${examined.where}`);
  return Array.from({ length: examined.parts }, (_, part) => examined.check(part)).flat();
};
const short = ({ outcome, sender, bodyIndex, defect, refusal }: RecordFinding) =>
  [outcome, sender, bodyIndex, defect?.code ?? refusal?.code].filter((part) => part !== undefined).join(' ');

let chain: SmallChain;
let ids: readonly string[];

beforeAll(() => {
  chain = openSmallChain();
  ids = chain.append([
    { sender: 'fish-farm', bodies: [jsonBody('epcis.context', {}), jsonBody('epcis.event', { n: 1 }, 1)] },
    {
      sender: 'importer',
      bodies: [jsonBody('epcis.event', { n: 2 })],
      status: ReceiptStatus.REFUSED,
      failures: [{ body: 1, code: 'PROVENANCE_PREFIX_FOREIGN', pointer: '/epcList/0', facts: {} }],
    },
    {
      sender: 'processor',
      proceed: true,
      bodies: [jsonBody('epcis.event', { n: 3 }), jsonBody('epcis.event', { n: 4 })],
      status: ReceiptStatus.PARTIAL,
      failures: [{ body: 2, code: 'PROVENANCE_ITEM_ENDED', pointer: '', facts: {} }],
    },
  ]);
  chain.append([]);
  chain.append([{ sender: 'fish-farm', bodies: [jsonBody('epcis.event', { n: 5 })] }]);
  chain.append([]);
  chain.append([]);
});

describe('evidence, record by record', () => {
  const check = (bent: unknown, nowMs = chain.timeMs) => examineEvidence(bent, chain.trust, { nowMs });

  it('accepts what is whole, and counts before it checks', () => {
    const examined = check(chain.evidence([ids[0]!]));
    expect(examined.ok && [examined.parts, examined.recordsOf(0), examined.chainId]).toEqual([1, 2, 'small-chain']);
    expect(all(examined).map(short)).toEqual(['accepted fish-farm 0', 'accepted fish-farm 1']);
  });

  it('names the one record with a changed byte and clears the others', () => {
    const bent = copy(chain.evidence([ids[0]!, ids[2]!], { [ids[2]!]: [0] }));
    const body = bent.transactions[0]!.bodies[1]!;
    (body as { body: string }).body = toBase64(flipByte(fromBase64(body.body), 20));
    const findings = all(check(bent));
    expect(findings.map(short)).toEqual([
      'accepted fish-farm 0',
      'wrong fish-farm 1 BODY_PATH_INVALID',
      'accepted processor 0',
    ]);
    expect(findings[1]).toMatchObject({ txId: ids[0], height: 1, defect: { where: '/transactions/0/bodies/1' } });
  });

  it('names all records of a transaction whose signature is not the sender’s', () => {
    const bent = copy(chain.evidence([ids[0]!]));
    const at = bent.transactions[0]!.signatures[0] as { publicKey: string; signature: string };
    at.publicKey = toBase64(keyOf('small/organisation/importer').publicKey);
    expect(all(check(bent)).map(short)).toEqual([
      'wrong fish-farm 0 SIGNATURE_INVALID',
      'wrong fish-farm 1 SIGNATURE_INVALID',
    ]);
  });

  it('says of a refused record that the ledger refused it', () => {
    expect(all(check(chain.evidence([ids[1]!, ids[2]!]))).map(short)).toEqual([
      'wrong importer 0 NOT_ACCEPTED',
      'accepted processor 0',
      'wrong processor 1 NOT_ACCEPTED',
    ]);
  });

  it('a transaction that is there twice is wrong the second time', () => {
    const bent = copy(chain.evidence([ids[0]!])) as unknown as { transactions: unknown[] };
    bent.transactions.push(bent.transactions[0]);
    expect(all(check(bent)).map(short)).toEqual([
      'accepted fish-farm 0',
      'accepted fish-farm 1',
      'wrong EVIDENCE_MALFORMED',
    ]);
  });

  it('is never content where the whole check is not', () => {
    const evidence = chain.evidence([ids[0]!]);
    const text = JSON.stringify(evidence);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.integer({ min: 0, max: 6 }), (at, bit) => {
        let bent: unknown;
        try {
          bent = JSON.parse(
            text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1),
          );
        } catch {
          return;
        }
        const strict = verifyEvidence(bent, chain.trust, { nowMs: chain.timeMs }).ok;
        const examined = check(bent);
        expect(examined.ok && all(examined).every(({ outcome }) => outcome === 'accepted')).toBe(strict);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the trusting period', () => {
  it('is 30 days: a file whose newest header is older proves nothing by itself', () => {
    const evidence = chain.evidence([ids[0]!]);
    const at = (nowMs: number) => {
      const verdict = verifyEvidence(evidence, chain.trust, { nowMs });
      return verdict.ok ? 'accepted' : verdict.code;
    };
    expect(at(chain.timeMs + TRUSTING_PERIOD_MS)).toBe('accepted');
    expect(at(chain.timeMs + TRUSTING_PERIOD_MS + 1)).toBe('ANCHOR_EXPIRED');
    expect(
      examineRange(chain.range(1, 2), chain.trust, { nowMs: chain.timeMs + TRUSTING_PERIOD_MS + 1 }),
    ).toMatchObject({
      ok: false,
      code: 'ANCHOR_EXPIRED',
      where: '/head/header',
    });
  });
});

describe('a range of blocks', () => {
  const check = (piece: unknown, options: object = {}): RangeVerdict =>
    examineRange(piece, chain.trust, { nowMs: chain.timeMs, ...options });
  const bend = (by: (piece: RangePieceJson) => void, from = 1, to = 4): RangePieceJson => {
    const piece = copy(chain.range(from, to));
    by(piece);
    return piece;
  };

  it('gives every record with what became of it', () => {
    const examined = check(chain.range(1, 4));
    expect(all(examined).map(short)).toEqual([
      'accepted fish-farm 0',
      'accepted fish-farm 1',
      'refused importer 0 PROVENANCE_PREFIX_FOREIGN',
      'accepted processor 0',
      'refused processor 1 PROVENANCE_ITEM_ENDED',
      'accepted fish-farm 0',
    ]);
    expect(examined).toMatchObject({ from: 1, to: 4, parts: 4, anchor: { height: 5 }, position: { height: 4 } });
  });

  it('goes on from a position, and notices that a piece was left out', () => {
    const first = check(chain.range(1, 1));
    if (!first.ok) throw new Error(first.code);
    expect(check(chain.range(2, 3), { from: 2, position: first.position }).ok).toBe(true);
    expect(check(chain.range(3, 3), { from: 2, position: first.position })).toMatchObject({ code: 'FEED_LINK_BROKEN' });
    expect(check(chain.range(3, 3), { from: 2 })).toMatchObject({ code: 'RANGE_GAP' });
    expect(check(chain.range(2, 3), { position: { height: 1, hash: new Uint8Array(32) } })).toMatchObject({
      code: 'FEED_LINK_BROKEN',
    });
  });

  const cases: readonly [title: string, expected: readonly string[], by: (piece: RangePieceJson) => void][] = [
    [
      'a byte of a record changed',
      ['wrong fish-farm BODIES_MISMATCH'],
      ({ blocks }) => {
        const bytes = fromBase64(blocks[0]!.transactions[0]!);
        blocks[0]!.transactions[0] = toBase64(flipByte(bytes, bytes.length - 10));
      },
    ],
    [
      'a transaction dropped',
      ['wrong importer TRANSACTION_MISSING'],
      ({ blocks }) => void blocks[0]!.transactions.splice(1, 1),
    ],
    [
      'a transaction dropped with its receipt',
      ['wrong TRANSACTIONS_MISMATCH'],
      ({ blocks }) => {
        for (const list of [blocks[0]!.transactions, blocks[0]!.receipts, blocks[0]!.events]) list.splice(1, 1);
      },
    ],
    [
      'a record dropped from a transaction',
      ['wrong fish-farm BODIES_MISMATCH'],
      ({ blocks }) => {
        const view = decodeTransaction(portableHashing, fromBase64(blocks[0]!.transactions[0]!));
        if (view.ok)
          blocks[0]!.transactions[0] = toBase64(
            assembleTransaction({ ...view.value, bodies: view.value.bodyBytes.slice(0, 1) }, view.value.signatures),
          );
      },
    ],
    [
      'the signature of somebody else',
      ['wrong fish-farm SIGNER_UNKNOWN'],
      ({ blocks }) => {
        const view = decodeTransaction(portableHashing, fromBase64(blocks[2]!.transactions[0]!));
        const { seed, publicKey } = keyOf('small/organisation/importer');
        if (view.ok)
          blocks[2]!.transactions[0] = toBase64(
            assembleTransaction({ ...view.value, bodies: view.value.bodyBytes }, [
              { publicKey, signature: signMessage(seed, view.value.signedBytes) },
            ]),
          );
      },
    ],
    [
      'a transaction that nobody accepted',
      ['wrong importer TRANSACTION_FOREIGN'],
      ({ blocks }) => {
        const unsigned = buildTransaction(portableHashing, {
          genesisHash: chain.genesisHash,
          sender: 'importer',
          expiryHeight: 9,
          proceed: false,
          bodies: [jsonBody('epcis.event', { n: 99 })],
        });
        const { seed, publicKey } = keyOf('small/organisation/importer');
        blocks[1]!.transactions.push(
          toBase64(assembleTransaction(unsigned, [{ publicKey, signature: signMessage(seed, unsigned.signedBytes) }])),
        );
      },
    ],
    [
      'two transactions in each other’s place',
      ['wrong importer TRANSACTIONS_MISMATCH', 'wrong fish-farm TRANSACTIONS_MISMATCH'],
      ({ blocks }) => {
        const list = blocks[0]!.transactions;
        [list[0], list[1]] = [list[1]!, list[0]!];
      },
    ],
    [
      'a receipt changed',
      ['wrong RECEIPTS_MISMATCH'],
      ({ blocks }) => {
        blocks[0]!.receipts[1] = toBase64(flipByte(fromBase64(blocks[0]!.receipts[1]!), 45));
      },
    ],
    ['a ledger event invented', ['wrong EVENTS_MISMATCH'], ({ blocks }) => void blocks[2]!.events[0]!.push('AA==')],
    [
      'rubbish for a transaction',
      ['wrong fish-farm TRANSACTION_UNREADABLE'],
      ({ blocks }) => void (blocks[2]!.transactions[0] = 'AAAA'),
    ],
  ];
  it.each(cases)('names what is wrong and clears the other blocks: %s', (_, expected, by) => {
    const findings = all(check(bend(by)));
    expect(findings.filter(({ outcome }) => outcome === 'wrong').map(short)).toEqual(expected);
    expect(findings.some(({ outcome }) => outcome === 'accepted')).toBe(true);
  });

  const foundations: readonly [title: string, code: string, by: (piece: RangePieceJson) => unknown][] = [
    ['another format', 'RANGE_MALFORMED', (piece) => void (piece.format = 'waymark-range/2')],
    ['an unknown member', 'RANGE_MALFORMED', (piece) => Object.assign(piece, { checked: true })],
    ['no blocks', 'RANGE_MALFORMED', (piece) => void (piece.blocks = [])],
    ['a height that is not the block’s', 'RANGE_MALFORMED', (piece) => void (piece.to = 5)],
    ['another chain', 'TRUST_ROOT_FOREIGN', (piece) => void (piece.chainId = 'other')],
    [
      'another genesis',
      'GENESIS_MISMATCH',
      (piece) => void (piece.genesis = toBase64(flipByte(chain.genesisBytes, 9))),
    ],
    [
      'too few signatures',
      'CERTIFICATE_TOO_FEW',
      (piece) => void (piece.head.certificate = chain.certify(chain.block(5), [0, 1])),
    ],
    [
      'the certificate of another header',
      'CERTIFICATE_INVALID',
      (piece) => void (piece.head.certificate = chain.certify(chain.block(4))),
    ],
    [
      'a header that claims to be the head',
      'HEADER_PATH_INVALID',
      (piece) => {
        delete piece.head.historyPath;
      },
    ],
    [
      'a history path changed',
      'HEADER_PATH_INVALID',
      (piece) => {
        const path = piece.head.historyPath!;
        path[0] = toBase64(flipByte(fromBase64(path[0]!), 1));
      },
    ],
    ['a block dropped', 'FEED_LINK_BROKEN', (piece) => void piece.blocks.splice(1, 1)],
  ];
  it.each(foundations)('refuses the piece: %s', (_, code, by) => {
    expect(check(bend((piece) => void by(piece), 1, 3))).toMatchObject({ ok: false, code });
  });

  it('answers anything at all with a verdict', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => expect(check(anything)).toMatchObject({ ok: false })),
      { numRuns: 200 },
    );
    const piece = chain.range(1, 2) as unknown as Record<string, unknown>;
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(piece)), fc.anything(), (member, anything) => {
        const examined = check({ ...piece, [member]: anything });
        if (examined.ok) all(examined);
      }),
      { numRuns: 200 },
    );
  });
});
