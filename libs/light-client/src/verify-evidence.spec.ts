import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { portableHashing } from '@waymark/accel/portable';
import { encodeReceipt, ReceiptStatus, decodeReceipt, encodeHeader, type Evidence } from '@waymark/ledger/chain';
import { fromBase64, inclusionPath, toBase64, toHex, treeHead } from '@waymark/ledger/primitives';
import { flipByte, jsonBody, keyOf, openSmallChain, type SmallChain } from '../../../test/support/small-chain.js';
import { verifyEvidence } from './verify-evidence.js';
import type { EvidenceVerdict } from './verdict.js';

/** Evidence that a test may bend: everything writable. */
type Bent<T> = T extends object ? { -readonly [K in keyof T]: Bent<T[K]> } : T;
const bend = (evidence: Evidence): Bent<Evidence> => JSON.parse(JSON.stringify(evidence)) as Bent<Evidence>;
const codeOf = (verdict: EvidenceVerdict) => (verdict.ok ? 'accepted' : verdict.code);

const context = { '@vocab': 'https://example.org/' };
const caught = { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', eventTime: '2026-01-02T03:04:05Z' };
const packed = { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', eventTime: '2026-01-03T03:04:05Z' };

let chain: SmallChain;
let first: string;
let second: string;
let refused: string;
let partial: string;
let evidence: Evidence;
const check = (bent: unknown, nowMs = chain.timeMs) => verifyEvidence(bent, chain.trust, { nowMs });

beforeAll(() => {
  chain = openSmallChain();
  [first, refused, partial] = chain.append([
    { sender: 'fish-farm', bodies: [jsonBody('epcis.context', context), jsonBody('epcis.event', caught, 1)] },
    {
      sender: 'importer',
      bodies: [jsonBody('epcis.event', caught)],
      status: ReceiptStatus.REFUSED,
      failures: [{ body: 1, code: 'PROVENANCE_PREFIX_FOREIGN', pointer: '/epcList/0', facts: {} }],
    },
    {
      sender: 'processor',
      proceed: true,
      bodies: [jsonBody('epcis.event', caught), jsonBody('epcis.event', packed)],
      status: ReceiptStatus.PARTIAL,
      failures: [{ body: 2, code: 'PROVENANCE_ITEM_ENDED', pointer: '', facts: {} }],
    },
  ]) as [string, string, string];
  chain.append([]);
  [second] = chain.append([{ sender: 'processor', bodies: [jsonBody('epcis.event', packed, 0, 2)] }]) as [string];
  chain.append([]);
  chain.append([]);
  evidence = chain.evidence([first, second]);
});

describe('evidence that is as it should be', () => {
  it('gives the records with signer, place on the chain and content', () => {
    const verdict = check(evidence);
    if (!verdict.ok) throw new Error(verdict.code);
    expect(
      verdict.records.map(({ kind, sender, height, bodyIndex, visibility }) => [
        kind,
        sender,
        height,
        bodyIndex,
        visibility,
      ]),
    ).toEqual([
      ['epcis.context', 'fish-farm', 1, 0, 'public'],
      ['epcis.event', 'fish-farm', 1, 1, 'public'],
      ['epcis.event', 'processor', 3, 0, 'partners'],
    ]);
    expect(verdict.records[1]).toMatchObject({
      txId: first,
      value: caught,
      contextValue: context,
      senderNames: { en: 'Blue Bay Fish Farm', 'zh-CN': '蓝湾养鱼场' },
      senderRole: 'company',
      blockTimeMs: chain.block(1).header.time,
      blockTimeOf: 'block',
      publicKeys: [toHex(keyOf('small/organisation/fish-farm').publicKey)],
    });
  });

  it('names the supervisors that signed, and how many there are', () => {
    const verdict = check(evidence);
    if (!verdict.ok) throw new Error(verdict.code);
    expect(verdict.anchor).toMatchObject({ height: 5, of: 4, quorum: 3, timeMs: chain.timeMs });
    expect(verdict.anchor.signedBy.map(({ memberId }) => memberId)).toEqual(
      chain.trust.committee.members.slice(0, 3).map(({ memberId }) => memberId),
    );
    expect(verdict.anchor.signedBy.every(({ names }) => names !== undefined)).toBe(true);
  });

  it('takes any quorum of signers', () => {
    const bent = bend(evidence);
    bent.anchor.certificate = chain.certify(chain.block(5), [0, 2, 3]) as Bent<Evidence>['anchor']['certificate'];
    expect(codeOf(check(bent))).toBe('accepted');
  });

  it('says the time of the next block where that of the record itself is not in the file', () => {
    const bent = bend(evidence);
    bent.headers = bent.headers.filter(({ height }) => height !== 1 && height !== 3);
    const verdict = check(bent);
    expect(verdict.ok && verdict.records.map(({ blockTimeOf, blockTimeMs }) => [blockTimeOf, blockTimeMs])).toEqual([
      ['next', chain.block(2).header.time],
      ['next', chain.block(2).header.time],
      ['next', chain.block(4).header.time],
    ]);
  });

  it('accepts the part of a transaction that the ledger accepted', () => {
    expect(codeOf(check(chain.evidence([partial], { [partial]: [0] })))).toBe('accepted');
  });

  it('works where the receipt stands in the anchor itself', () => {
    const short = openSmallChain('short');
    const [txId] = short.append([{ sender: 'processor', bodies: [jsonBody('epcis.event', packed)] }]) as [string];
    short.append([]);
    const verdict = verifyEvidence(short.evidence([txId]), short.trust, { nowMs: short.timeMs });
    expect(codeOf(verdict)).toBe('accepted');
  });
});

describe('each defect has its own code', () => {
  const transaction = (bent: Bent<Evidence>, at = 0) => bent.transactions[at] as Bent<Evidence>['transactions'][number];
  const cases: readonly [title: string, code: string, bending: (bent: Bent<Evidence>) => unknown][] = [
    ['another format', 'EVIDENCE_MALFORMED', (bent) => ({ ...bent, format: 'waymark-evidence/2' })],
    ['a member that nobody knows', 'EVIDENCE_MALFORMED', (bent) => ({ ...bent, verified: true })],
    ['another chain id', 'TRUST_ROOT_FOREIGN', (bent) => ({ ...bent, chainId: 'other-chain' })],
    [
      'a foreign trust root',
      'TRUST_ROOT_FOREIGN',
      () => {
        const other = openSmallChain('other');
        other.append([]);
        const [txId] = other.append([{ sender: 'processor', bodies: [jsonBody('epcis.event', packed)] }]) as [string];
        other.append([]);
        return other.evidence([txId]);
      },
    ],
    [
      'a genesis with one byte changed',
      'GENESIS_MISMATCH',
      (bent) => ({ ...bent, genesis: toBase64(flipByte(fromBase64(bent.genesis), 100)) }),
    ],
    [
      'a header signed by one too few',
      'CERTIFICATE_TOO_FEW',
      (bent) => {
        bent.anchor.certificate = chain.certify(chain.block(5), [0, 1]) as never;
        return bent;
      },
    ],
    [
      'a header signed by one member twice, named once',
      'CERTIFICATE_TOO_FEW',
      (bent) => {
        const { bitmap, signatures } = chain.certify(chain.block(5), [0, 1]);
        bent.anchor.certificate = { bitmap, signatures: [...signatures, signatures[1] as string] };
        return bent;
      },
    ],
    [
      'a header signed by one member twice, named as another',
      'CERTIFICATE_INVALID',
      (bent) => {
        const { signatures } = chain.certify(chain.block(5), [0, 1]);
        bent.anchor.certificate = { bitmap: 0b111, signatures: [...signatures, signatures[1] as string] };
        return bent;
      },
    ],
    [
      'more signatures than the quorum',
      'CERTIFICATE_INVALID',
      (bent) => {
        bent.anchor.certificate = chain.certify(chain.block(5), [0, 1, 2, 3]) as never;
        return bent;
      },
    ],
    [
      'a signature over another header',
      'CERTIFICATE_INVALID',
      (bent) => {
        bent.anchor.certificate = chain.certify(chain.block(4)) as never;
        return bent;
      },
    ],
    [
      'a member that is not in the committee',
      'CERTIFICATE_INVALID',
      (bent) => {
        bent.anchor.certificate.bitmap = 0b10011;
        return bent;
      },
    ],
    [
      'an anchor that names another committee',
      'CERTIFICATE_INVALID',
      (bent) => {
        const header = { ...chain.block(5).header, committeeHash: new Uint8Array(32) };
        const headerBytes = encodeHeader(header);
        bent.anchor = {
          header: toBase64(headerBytes),
          certificate: chain.certify({ header, hash: portableHashing.sha256(headerBytes) }) as never,
        };
        return bent;
      },
    ],
    [
      'a header that is not in the history',
      'HEADER_PATH_INVALID',
      (bent) => {
        const at = bent.headers[0]!;
        at.header = toBase64(flipByte(fromBase64(at.header), 508));
        return bent;
      },
    ],
    [
      'a history path with one byte changed',
      'HEADER_PATH_INVALID',
      (bent) => {
        const path = bent.headers[0]!.historyPath!;
        path[0] = toBase64(flipByte(fromBase64(path[0]!), 3));
        return bent;
      },
    ],
    [
      'a header that claims to be the anchor',
      'HEADER_PATH_INVALID',
      (bent) => {
        delete bent.headers[0]!.historyPath;
        return bent;
      },
    ],
    [
      'a header at another height than its own',
      'HEADER_PATH_INVALID',
      (bent) => {
        bent.headers[1]!.height = 4;
        bent.headers = bent.headers.slice(0, 2);
        return bent;
      },
    ],
    [
      'a receipt that is not there',
      'ACCEPTANCE_MISSING',
      (bent) => {
        delete (transaction(bent) as Partial<Bent<Evidence>['transactions'][number]>).receipt;
        return bent;
      },
    ],
    [
      'a proof of inclusion in place of one of acceptance',
      'ACCEPTANCE_MISSING',
      (bent) => {
        const hashes = chain.block(1).transactions.map(({ txHash }) => txHash);
        Object.assign(transaction(bent), {
          receipt: toBase64(hashes[0]!),
          receiptIndex: 0,
          receiptCount: 3,
          receiptPath: inclusionPath(portableHashing, hashes, 0).map(toBase64),
          stateHeaderHeight: 2,
        });
        return bent;
      },
    ],
    [
      'no header that holds the receipt',
      'ACCEPTANCE_MISSING',
      (bent) => {
        bent.headers = bent.headers.filter(({ height }) => height !== 2);
        return bent;
      },
    ],
    [
      'a receipt path with one byte changed',
      'RECEIPT_PATH_INVALID',
      (bent) => {
        const path = transaction(bent).receiptPath;
        path[0] = toBase64(flipByte(fromBase64(path[0]!), 31));
        return bent;
      },
    ],
    [
      'a receipt that nobody certified',
      'RECEIPT_PATH_INVALID',
      (bent) => {
        const receipt = decodeReceipt(fromBase64(transaction(bent).receipt));
        if (receipt.ok)
          transaction(bent).receipt = toBase64(encodeReceipt({ ...receipt.value, status: ReceiptStatus.PARTIAL }));
        return bent;
      },
    ],
    [
      'the receipt of another transaction',
      'RECEIPT_FOREIGN',
      (bent) => {
        const { receipt, receiptIndex, receiptCount, receiptPath, stateHeaderHeight } = transaction(bent, 1);
        Object.assign(transaction(bent), { receipt, receiptIndex, receiptCount, receiptPath, stateHeaderHeight });
        return bent;
      },
    ],
    [
      'the receipt of another transaction of the same sender',
      'RECEIPT_FOREIGN',
      () => {
        const bent = bend(chain.evidence([partial, second], { [partial]: [0] }));
        const { receipt, receiptIndex, receiptCount, receiptPath, stateHeaderHeight } = transaction(bent, 1);
        Object.assign(transaction(bent), { receipt, receiptIndex, receiptCount, receiptPath, stateHeaderHeight });
        return bent;
      },
    ],
    [
      'a count of receipts that is not the block’s',
      'RECEIPT_PATH_INVALID',
      (bent) => {
        // The path of leaf 0 is the same in a tree of three and of four.
        transaction(bent).receiptCount = 4;
        return bent;
      },
    ],
    [
      'the anchor under another height',
      'HEADER_PATH_INVALID',
      (bent) => {
        bent.headers = [{ height: 4, header: bent.anchor.header }];
        return bent;
      },
    ],
    ['a refused transaction', 'NOT_ACCEPTED', () => chain.evidence([refused])],
    [
      'a body that a partial receipt names as failed',
      'NOT_ACCEPTED',
      () => chain.evidence([partial], { [partial]: [1] }),
    ],
    [
      'a signature with one byte changed',
      'SIGNATURE_INVALID',
      (bent) => {
        const at = transaction(bent).signatures[0]!;
        at.signature = toBase64(flipByte(fromBase64(at.signature), 5));
        return bent;
      },
    ],
    [
      'an event with one byte changed',
      'BODY_PATH_INVALID',
      (bent) => {
        const body = transaction(bent).bodies[1]!;
        const bytes = fromBase64(body.body);
        body.body = toBase64(flipByte(bytes, bytes.length >> 1));
        return bent;
      },
    ],
    [
      'a body path with one byte changed',
      'BODY_PATH_INVALID',
      (bent) => {
        const path = transaction(bent).bodies[1]!.path;
        path[0] = toBase64(flipByte(fromBase64(path[0]!), 0));
        return bent;
      },
    ],
    [
      'two bodies in each other’s place',
      'BODY_PATH_INVALID',
      (bent) => {
        const [a, b] = transaction(bent).bodies;
        [a!.body, b!.body] = [b!.body, a!.body];
        return bent;
      },
    ],
    [
      'a context that is named and absent',
      'CONTEXT_MISSING',
      (bent) => {
        transaction(bent).bodies.shift();
        return bent;
      },
    ],
    [
      'the same transaction twice',
      'EVIDENCE_MALFORMED',
      (bent) => {
        bent.transactions.push(transaction(bent));
        return bent;
      },
    ],
    [
      'the same record twice',
      'EVIDENCE_MALFORMED',
      (bent) => {
        transaction(bent).bodies.push(transaction(bent).bodies[0]!);
        return bent;
      },
    ],
    ['no record at all', 'EVIDENCE_MALFORMED', (bent) => ({ ...bent, transactions: [] })],
  ];
  it.each(cases)('%s: %s', (_, code, bending) => {
    expect(codeOf(check(bending(bend(evidence))))).toBe(code);
  });

  it('a transaction signed with the key of another organisation: SIGNER_UNKNOWN', () => {
    const forged = openSmallChain('forged');
    const [txId] = forged.append([
      { sender: 'processor', signWith: ['importer'], bodies: [jsonBody('epcis.event', packed)] },
    ]) as [string];
    forged.append([]);
    expect(codeOf(verifyEvidence(forged.evidence([txId]), forged.trust, { nowMs: forged.timeMs }))).toBe(
      'SIGNER_UNKNOWN',
    );
  });

  it('a stranger’s key beside the sender’s, or in its place: SIGNER_UNKNOWN, whatever genesis says of that key', () => {
    for (const signWith of [['stranger'], ['importer'], ['processor', 'stranger']]) {
      const forged = openSmallChain('forged');
      const [txId] = forged.append([{ sender: 'processor', signWith, bodies: [jsonBody('epcis.event', packed)] }]) as [
        string,
      ];
      forged.append([]);
      expect(codeOf(verifyEvidence(forged.evidence([txId]), forged.trust, { nowMs: forged.timeMs }))).toBe(
        'SIGNER_UNKNOWN',
      );
    }
  });

  it('an account made after genesis, and keys that were rotated or lent: what the proven receipt says to have counted', () => {
    const later = openSmallChain('later');
    const body = (lot: string) => [jsonBody('epcis.event', { ...packed, lot })];
    const said = [
      { sender: 'new-trader', bodies: body('1') },
      { sender: 'processor', signWith: ['rotated'], counted: ['rotated'], bodies: body('2') },
      { sender: 'processor', signWith: ['importer'], counted: ['importer'], bodies: body('3') },
    ];
    const txIds = later.append(said);
    later.append([]);
    const verdict = verifyEvidence(later.evidence(txIds), later.trust, { nowMs: later.timeMs });
    if (!verdict.ok) throw new Error(verdict.code);
    expect(verdict.records.map(({ sender, senderNames }) => [sender, senderNames.en])).toEqual([
      ['new-trader', 'new-trader'],
      ['processor', 'Harbour Cannery'],
      ['processor', 'Harbour Cannery'],
    ]);
  });

  it('one of two signatures that counted left out of the file: SIGNER_UNKNOWN', () => {
    const two = openSmallChain('two');
    const both = ['processor', 'importer'];
    const [txId] = two.append([
      { sender: 'processor', signWith: both, counted: both, bodies: [jsonBody('epcis.event', packed)] },
    ]) as [string];
    two.append([]);
    const whole = two.evidence([txId]);
    expect(codeOf(verifyEvidence(whole, two.trust, { nowMs: two.timeMs }))).toBe('accepted');
    const bent = structuredClone(whole) as unknown as { transactions: { signatures: unknown[] }[] };
    bent.transactions[0]!.signatures.pop();
    expect(codeOf(verifyEvidence(bent, two.trust, { nowMs: two.timeMs }))).toBe('SIGNER_UNKNOWN');
  });

  it('an anchor from the future: ANCHOR_IN_FUTURE, ten minutes are forgiven', () => {
    expect(codeOf(check(evidence, chain.timeMs - 600_000))).toBe('accepted');
    expect(codeOf(check(evidence, chain.timeMs - 600_001))).toBe('ANCHOR_IN_FUTURE');
  });

  it('says where it was found, and the facts', () => {
    const bent = bend(evidence);
    bent.anchor.certificate = chain.certify(chain.block(5), [0, 1]) as never;
    expect(check(bent)).toEqual({
      ok: false,
      code: 'CERTIFICATE_TOO_FEW',
      where: '/anchor/certificate',
      facts: { reason: 'TOO_FEW', needed: 3, of: 4, named: 2, signatures: 2 },
    });
    expect(check(chain.evidence([refused]))).toMatchObject({
      where: '/transactions/0/bodies/0',
      facts: { status: 'refused', reason: 'PROVENANCE_PREFIX_FOREIGN' },
    });
  });
});

/** Every text and number of a JSON value with the path to it. */
function leavesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
  return [path];
}
function replaced(value: unknown, path: readonly (string | number)[], by: (old: unknown) => unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return by(value);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === name ? replaced(item, rest, by) : item));
  return { ...(value as object), [name]: replaced((value as Record<string, unknown>)[name], rest, by) };
}

describe('hostile input', () => {
  it('refuses the file when any byte of any proven field is flipped', () => {
    // createdAt and subject are hints: nothing rests on them, and nobody is told that they were verified.
    const leaves = leavesOf(evidence).filter(([name]) => name !== 'createdAt' && name !== 'subject');
    fc.assert(
      fc.property(
        fc.constantFrom(...leaves),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.integer({ min: 0, max: 7 }),
        (path, where, bit) => {
          const bent = replaced(evidence, path, (old) => {
            if (typeof old === 'number') return old ^ (1 << bit);
            const text = old as string;
            const isBase64 = text.length % 4 === 0 && !['chainId', 'genesisHash', 'format'].includes(String(path[0]));
            if (!isBase64) {
              const at = Math.floor(where * text.length);
              return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
            }
            const bytes = fromBase64(text);
            const at = Math.floor(where * bytes.length);
            bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
            return toBase64(bytes);
          });
          expect(codeOf(check(bent))).not.toBe('accepted');
        },
      ),
      { numRuns: 250 },
    );
  });

  it('answers anything at all with a verdict', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(check(anything)).toMatchObject({ ok: false, code: 'EVIDENCE_MALFORMED' });
      }),
      { numRuns: 300 },
    );
  });

  it('answers a file with anything in any place with a verdict', () => {
    const leaves = leavesOf(evidence).flatMap((path) => path.map((_, depth) => path.slice(0, depth + 1)));
    fc.assert(
      fc.property(fc.constantFrom(...leaves), fc.anything(), (path, anything) => {
        expect(() => check(replaced(evidence, path, () => anything))).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe('the small chain of these tests', () => {
  it('is a chain that the reference tree head agrees with', () => {
    expect(toHex(chain.block(2).header.parentReceiptRoot)).toBe(
      toHex(treeHead(portableHashing, chain.block(1).receipts)),
    );
  });
});
