import { VoteType, type Certificate, type SignedVote, type Vote } from '@waymark/consensus/certificates';
import type { BlockRef } from '@waymark/consensus/lbft';
import { toHex } from '@waymark/ledger/primitives';
import { createHash, type Hash as NodeHash } from 'node:crypto';
import type { SimKeys } from './sim-crypto.js';

/** What an invariant says when it is broken. `code` is its number in docs/protocol/consensus.md. */
export class Violation extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

interface Statements {
  prep: string | null;
  com: string | null;
  imp: boolean;
}

/** Walks beside the cluster and looks at every vote, certificate and delivered block of honest nodes. The first broken invariant ends the run. */
export class Checkers {
  readonly #signed = new Map<string, Statements>();
  readonly #prepared = new Map<number, string>();
  readonly #ended = new Map<number, { committed: boolean; impeached: boolean }>();
  readonly chain: { readonly hash: string; readonly stateRoot: string }[] = [];
  readonly #delivered: number[];
  readonly #final: { view: number; height: number }[];
  readonly #trace: NodeHash = createHash('sha256');
  readonly #seenCertificates = new Set<string>();
  convictions = 0;

  constructor(
    private readonly keys: SimKeys,
    private readonly honest: ReadonlySet<number>,
    size: number,
  ) {
    this.#delivered = Array.from({ length: size }, () => 0);
    this.#final = Array.from({ length: size }, () => ({ view: 0, height: 0 }));
  }

  /** I24: everything that happened, in order. */
  note(line: string): void {
    this.#trace.update(line);
  }

  digest(): string {
    return this.#trace.copy().digest('hex');
  }

  /** I1 to I4, over everything that an honest key ever sent. `order`: whether this is its first sending. */
  sent(node: number, { vote }: SignedVote): void {
    if (!this.honest.has(node)) return;
    const key = `${node}/${vote.view}`;
    const said = this.#signed.get(key) ?? { prep: null, com: null, imp: false };
    this.#signed.set(key, said);
    switch (vote.type) {
      case VoteType.PROPOSE:
        return;
      case VoteType.PREPARE:
        if (said.prep !== null && said.prep !== vote.blockHash)
          throw new Violation('I1', `node ${node} sent two PREPARE in view ${vote.view}`);
        said.prep = vote.blockHash;
        return;
      case VoteType.COMMIT:
        if (said.com !== null && said.com !== vote.blockHash)
          throw new Violation('I3', `node ${node} sent two COMMIT in view ${vote.view}`);
        if (said.imp) throw new Violation('I2', `node ${node} sent COMMIT after IMPEACH in view ${vote.view}`);
        said.com = vote.blockHash;
        return;
      case VoteType.IMPEACH:
        if (said.com !== null) throw new Violation('I2', `node ${node} sent IMPEACH after COMMIT in view ${vote.view}`);
        said.imp = true;
    }
  }

  /** I4 at the signer: a new PREPARE of a view in which this key has sent IMPEACH. */
  signing(node: number, vote: Vote): void {
    if (!this.honest.has(node) || vote.type !== VoteType.PREPARE) return;
    if (this.#signed.get(`${node}/${vote.view}`)?.imp === true)
      throw new Violation('I4', `node ${node} prepares view ${vote.view} after IMPEACH`);
  }

  /** I5: what was sent before a crash is on record after it, unless it lies at or below the floor. */
  recovered(node: number, floor: number, votes: readonly Vote[]): void {
    const known = new Map<number, Statements>();
    for (const vote of votes) {
      const said = known.get(vote.view) ?? { prep: null, com: null, imp: false };
      known.set(vote.view, said);
      if (vote.type === VoteType.PREPARE) said.prep = vote.blockHash;
      if (vote.type === VoteType.COMMIT) said.com = vote.blockHash;
      if (vote.type === VoteType.IMPEACH) said.imp = true;
    }
    for (const [key, said] of this.#signed) {
      const [owner, view] = key.split('/').map(Number);
      if (owner !== node || view! <= floor) continue;
      const now = known.get(view!);
      if (
        (said.prep !== null && now?.prep !== said.prep) ||
        (said.com !== null && now?.com !== said.com) ||
        (said.imp && now?.imp !== true)
      ) {
        throw new Violation('I5', `node ${node} forgot what it sent in view ${view}`);
      }
    }
  }

  /** I6, I7, I11 over every certificate an honest node took as one. */
  certificate(node: number, certificate: Certificate): void {
    const { view } = certificate;
    const id = `${certificate.kind}/${view}/${certificate.kind === 'I' ? '' : certificate.blockHash}/${certificate.bitmap}`;
    if (this.#seenCertificates.has(id)) return;
    this.#seenCertificates.add(id);
    if (!this.keys.certificateHolds(certificate))
      throw new Violation(
        'I11',
        `node ${node} took a ${certificate.kind}-certificate of view ${view} that does not hold`,
      );
    const ended = this.#ended.get(view) ?? { committed: false, impeached: false };
    this.#ended.set(view, ended);
    if (certificate.kind === 'C') ended.committed = true;
    if (certificate.kind === 'I') ended.impeached = true;
    if (certificate.kind !== 'I') {
      const known = this.#prepared.get(view);
      if (known !== undefined && known !== certificate.blockHash)
        throw new Violation('I6', `two blocks are certified in view ${view}`);
      this.#prepared.set(view, certificate.blockHash);
    }
    if (ended.committed && ended.impeached) throw new Violation('I7', `view ${view} has a C- and an I-certificate`);
  }

  /** I8, I12, I13, I23: each height once, in order, the same block and state everywhere. */
  delivered(node: number, block: BlockRef, parent: BlockRef, stateRoot: Uint8Array): void {
    const expected = this.#delivered[node]! + 1;
    if (block.height !== expected)
      throw new Violation('I23', `node ${node} delivered height ${block.height}, expected ${expected}`);
    if (block.parentHash !== parent.hash)
      throw new Violation('I8', `node ${node} delivered a block that does not stand on the one before`);
    if (block.timeMs <= parent.timeMs) throw new Violation('I12', `time does not rise at height ${block.height}`);
    this.#delivered[node] = block.height;
    const agreed = this.chain[block.height - 1];
    const root = toHex(stateRoot);
    if (agreed === undefined) this.chain.push({ hash: block.hash, stateRoot: root });
    else if (agreed.hash !== block.hash)
      throw new Violation('I8', `node ${node} has another final block at height ${block.height}`);
    else if (agreed.stateRoot !== root)
      throw new Violation('I13', `node ${node} has another state after height ${block.height}`);
  }

  /** I9: the last final block known never goes back, also across restarts (`delivered`). */
  final(node: number, view: number, height: number): void {
    const last = this.#final[node]!;
    if (view < last.view || height < last.height)
      throw new Violation('I9', `node ${node} went from final height ${last.height} to ${height}`);
    this.#final[node] = { view, height };
  }

  /** After a restart final may be as low as what was delivered: certificates of the rest may be lost with a power cut. */
  restarted(node: number, view: number, height: number): void {
    if (height < this.#delivered[node]!) throw new Violation('I9', `node ${node} lost delivered blocks`);
    this.#final[node] = { view, height };
  }

  /** I17: only keys of Byzantine nodes are ever convicted. */
  convicted(node: number): void {
    this.convictions += 1;
    if (this.honest.has(node)) throw new Violation('I17', `evidence names honest node ${node}`);
  }

  deliveredHeight(node: number): number {
    return this.#delivered[node]!;
  }
}
