import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { portableHashing } from '@waymark/accel/portable';
import { encodeHeader, encodeLedgerEvent } from '@waymark/ledger/chain';
import { fromBase64, toBase64, toHex, utf8 } from '@waymark/ledger/primitives';
import { flipByte, jsonBody, openSmallChain, type SmallChain } from '../../../test/support/small-chain.js';
import type { FeedVerdict } from './feed-verdict.js';
import { verifyFeed } from './verify-feed.js';

type Feed = ReturnType<SmallChain['feed']>;
const codeOf = (verdict: FeedVerdict) => (verdict.ok ? 'accepted' : verdict.code);
const events = [
  { type: 'provenance.recorded', body: 0, content: utf8('{"a":1}') },
  { type: 'provenance.recorded', body: 0, content: utf8('{"a":2}') },
];

let chain: SmallChain;
const start = () => ({ height: 0, hash: chain.genesisHash });
const copy = (from = 1): Feed => JSON.parse(JSON.stringify(chain.feed(from))) as Feed;
const check = (feed: unknown, position = start()) => verifyFeed(feed, chain.trust, position);

beforeAll(() => {
  chain = openSmallChain();
  chain.append([
    { sender: 'processor', bodies: [jsonBody('epcis.event', { n: 1 })], events },
    { sender: 'importer', bodies: [jsonBody('epcis.event', { n: 2 })] },
  ]);
  chain.append([]);
  chain.append([{ sender: 'fish-farm', bodies: [jsonBody('epcis.event', { n: 3 })], events }]);
  chain.append([]);
});

describe('a feed that is as it should be', () => {
  it('gives the blocks with transactions, receipts and ledger events, and where to go on', () => {
    const verdict = check(copy());
    if (!verdict.ok) throw new Error(verdict.code);
    expect(verdict.blocks.map(({ height, transactions }) => [height, transactions.length])).toEqual([
      [1, 2],
      [2, 0],
      [3, 1],
    ]);
    expect(verdict.blocks[0]?.transactions[0]?.events.map(({ content }) => toHex(content))).toEqual(
      events.map(({ content }) => toHex(content)),
    );
    expect(verdict.blocks[0]?.transactions[1]).toMatchObject({
      receipt: { sender: 'importer', height: 1, txIndex: 1 },
      events: [],
    });
    expect(verdict.position).toEqual({ height: 3, hash: chain.block(3).hash });
    expect(verdict.signedBy).toHaveLength(3);
  });

  it('goes on from a position', () => {
    const verdict = check(copy(3), { height: 2, hash: chain.block(2).hash });
    expect(verdict.ok && verdict.blocks.map(({ height }) => height)).toEqual([3]);
  });

  it('takes an anchor some headers later', () => {
    const feed = copy();
    feed.blocks.splice(1);
    feed.anchor.headers = [2, 3, 4].map((height) => toBase64(chain.block(height).headerBytes));
    expect(codeOf(check(feed))).toBe('accepted');
  });

  it('stays where it is when there is nothing new', () => {
    expect(check({ finalHeight: 4, blocks: [], anchor: { headers: [], certificate: null } })).toEqual({
      ok: true,
      finalHeight: 4,
      blocks: [],
      position: start(),
      signedBy: [],
    });
  });
});

describe('each defect has its own code', () => {
  const bentHeader = (feed: Feed, at: number, by: object) => {
    feed.blocks[at]!.header = toBase64(encodeHeader({ ...chain.block(at + 1).header, ...by }));
    return feed;
  };
  const cases: readonly [title: string, code: string, bending: (feed: Feed) => unknown][] = [
    ['not a feed', 'FEED_MALFORMED', () => null],
    [
      'an anchor without a certificate',
      'FEED_MALFORMED',
      (feed) => ({ ...feed, anchor: { headers: feed.anchor.headers, certificate: null } }),
    ],
    [
      'no header after the last block',
      'FEED_MALFORMED',
      (feed) => {
        feed.anchor.headers = [];
        return feed;
      },
    ],
    ['a header of another chain', 'FEED_FOREIGN', (feed) => bentHeader(feed, 1, { genesisHash: new Uint8Array(32) })],
    [
      'a block left out',
      'FEED_LINK_BROKEN',
      (feed) => {
        feed.blocks.splice(1, 1);
        return feed;
      },
    ],
    ['a header with one field changed', 'FEED_LINK_BROKEN', (feed) => bentHeader(feed, 0, { signal: 1 })],
    ['a start at another block', 'FEED_LINK_BROKEN', () => copy(2)],
    [
      'an anchor signed by too few',
      'CERTIFICATE_TOO_FEW',
      (feed) => {
        feed.anchor.certificate = chain.certify(chain.block(4), [1, 3]);
        return feed;
      },
    ],
    [
      'a certificate of another header',
      'CERTIFICATE_INVALID',
      (feed) => {
        feed.anchor.certificate = chain.certify(chain.block(3));
        return feed;
      },
    ],
    [
      'a transaction left out',
      'TRANSACTIONS_MISMATCH',
      (feed) => {
        feed.blocks[0]!.transactions.pop();
        return feed;
      },
    ],
    [
      'a transaction with one byte changed',
      'TRANSACTIONS_MISMATCH',
      (feed) => {
        const { transactions } = feed.blocks[0]!;
        transactions[0] = toBase64(flipByte(fromBase64(transactions[0]!), 150));
        return feed;
      },
    ],
    [
      'a transaction added',
      'TRANSACTIONS_MISMATCH',
      (feed) => {
        feed.blocks[1]!.transactions.push(feed.blocks[0]!.transactions[0]!);
        return feed;
      },
    ],
    [
      'two transactions in each other’s place',
      'TRANSACTIONS_MISMATCH',
      (feed) => {
        feed.blocks[0]!.transactions.reverse();
        return feed;
      },
    ],
    [
      'a receipt left out',
      'RECEIPTS_MISMATCH',
      (feed) => {
        feed.blocks[0]!.receipts.pop();
        return feed;
      },
    ],
    [
      'a receipt with one byte changed',
      'RECEIPTS_MISMATCH',
      (feed) => {
        const { receipts } = feed.blocks[0]!;
        receipts[1] = toBase64(flipByte(fromBase64(receipts[1]!), 40));
        return feed;
      },
    ],
    [
      'a ledger event left out',
      'EVENTS_MISMATCH',
      (feed) => {
        feed.blocks[0]!.events[0]!.pop();
        return feed;
      },
    ],
    [
      'a ledger event added',
      'EVENTS_MISMATCH',
      (feed) => {
        feed.blocks[0]!.events[1]!.push(toBase64(encodeLedgerEvent(events[0]!)));
        return feed;
      },
    ],
    [
      'a ledger event with one byte changed',
      'EVENTS_MISMATCH',
      (feed) => {
        const list = feed.blocks[2]!.events[0]!;
        list[0] = toBase64(flipByte(fromBase64(list[0]!), 8));
        return feed;
      },
    ],
    [
      'ledger events in another order',
      'EVENTS_MISMATCH',
      (feed) => {
        feed.blocks[2]!.events[0]!.reverse();
        return feed;
      },
    ],
    [
      'no list of events for a transaction',
      'EVENTS_MISMATCH',
      (feed) => {
        feed.blocks[0]!.events.pop();
        return feed;
      },
    ],
  ];
  it.each(cases)('%s: %s', (_, code, bending) => {
    expect(codeOf(check(bending(copy())))).toBe(code);
  });

  it('a chain that another committee signed is refused', () => {
    const other = openSmallChain('other');
    other.append([]);
    other.append([]);
    expect(codeOf(verifyFeed(other.feed(1), chain.trust, start()))).toBe('FEED_FOREIGN');
  });

  it('receipts that are certified but belong to other transactions are refused', () => {
    // Both blocks are what the headers say; the receipts of block 1 carry the ids of others. Only a quorum could do that.
    const odd = openSmallChain('odd');
    odd.append([{ sender: 'processor', bodies: [jsonBody('epcis.event', { n: 1 })] }]);
    const certified = odd.block(1);
    odd.append([]);
    const feed = odd.feed(1);
    const header = {
      ...certified.header,
      height: 2,
      view: 2,
      parentHash: certified.hash,
      parentView: 1,
      time: certified.header.time + 1,
    };
    const headerBytes = encodeHeader(header);
    const last = {
      ...odd.block(2).header,
      height: 3,
      view: 3,
      parentHash: portableHashing.sha256(headerBytes),
      parentView: 2,
      time: header.time + 1,
    };
    const lastBytes = encodeHeader(last);
    feed.blocks = [{ ...feed.blocks[0]!, header: toBase64(headerBytes) }];
    feed.anchor = {
      headers: [toBase64(lastBytes)],
      certificate: odd.certify({ header: last, hash: portableHashing.sha256(lastBytes) }),
    };
    // The receipt says height 1, the block that carries it is 2.
    expect(codeOf(verifyFeed(feed, odd.trust, { height: 1, hash: certified.hash }))).toBe('RECEIPTS_MISMATCH');
  });
});

describe('hostile input', () => {
  it('answers anything at all with a verdict', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(check(anything).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('answers a feed with anything in any place with a verdict', () => {
    const members = ['finalHeight', 'blocks', 'anchor'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...members),
        fc.constantFrom('header', 'transactions', 'receipts', 'events', 'headers', 'certificate'),
        fc.anything(),
        (member, inner, anything) => {
          const feed = copy() as unknown as Record<string, unknown>;
          expect(() => check({ ...feed, [member]: anything })).not.toThrow();
          const first = (feed['blocks'] as object[])[0];
          expect(() => check({ ...feed, blocks: [{ ...first, [inner]: anything }] })).not.toThrow();
          expect(() => check({ ...feed, anchor: { ...(feed['anchor'] as object), [inner]: anything } })).not.toThrow();
        },
      ),
      { numRuns: 150 },
    );
  });
});
