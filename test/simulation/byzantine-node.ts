import { VoteType, type Vote } from '@waymark/consensus/certificates';
import { MessageType, type WireMessage } from '@waymark/consensus/wire';
import { encodeHeader } from '@waymark/ledger/chain';
import { readHeader, refOf } from './sim-block.js';
import { SimNode, type SimWorld } from './sim-node.js';

/**
 * What a Byzantine validator does besides being honest. EQUIVOCATE: as a leader shows one block to some and another to the others. VOTE_FOR_ALL: signs PREPARE and COMMIT for every
 * block it hears of, and IMPEACH beside, each to some. IMPEACH_ALL: impeaches every view at once.
 */
export type ByzantineAct = 'EQUIVOCATE' | 'VOTE_FOR_ALL' | 'IMPEACH_ALL';

export class ByzantineNode extends SimNode {
  readonly #done = new Set<string>();
  /** View -> the second block's header. */
  readonly #twins = new Map<number, Uint8Array>();

  constructor(
    index: number,
    world: SimWorld,
    private readonly act: ByzantineAct,
  ) {
    super(index, world);
  }

  override get honest(): boolean {
    return false;
  }

  override receive(from: number, message: WireMessage): void {
    // Its own core must not learn what its wrapper says.
    if (message.type === MessageType.STATUS)
      super.receive(from, { ...message, status: { ...message.status, yours: null } });
    else super.receive(from, message);
    if (!this.alive) return;
    if (message.type === MessageType.PROPOSE) this.#misbehave(message.proposal.vote.vote);
    if (
      message.type === MessageType.PREPARE ||
      message.type === MessageType.COMMIT ||
      message.type === MessageType.IMPEACH
    )
      this.#misbehave(message.vote.vote);
  }

  protected override transmit(to: number, message: WireMessage): void {
    if (this.act !== 'EQUIVOCATE' || message.type !== MessageType.PROPOSE) {
      super.transmit(to, message);
      return;
    }
    const twin = this.#twinOf(message);
    const [first, second] = (to + message.proposal.vote.vote.view) % 2 === 0 ? [twin, message] : [message, twin];
    super.transmit(to, first);
    if (this.world.random.chance(0.5)) this.later(this.world.random.int(0, 60), () => super.transmit(to, second));
  }

  #twinOf(message: Extract<WireMessage, { type: typeof MessageType.PROPOSE }>): WireMessage {
    const { proposal } = message;
    const { view } = proposal.vote.vote;
    const header = this.#twins.get(view) ?? withTimeOneLater(proposal.header);
    this.#twins.set(view, header);
    const vote: Vote = { type: VoteType.PROPOSE, epoch: 0, view, blockHash: refOf(header)!.hash };
    this.#misbehave(vote);
    return {
      type: MessageType.PROPOSE,
      proposal: {
        ...proposal,
        header,
        vote: { ...proposal.vote, vote, signature: this.world.keys.sign(this.index, vote) },
      },
    };
  }

  #misbehave(heard: Vote): void {
    const { epoch, view } = heard;
    if (this.act === 'IMPEACH_ALL') {
      this.#sayOnce(`I${view}`, { type: VoteType.IMPEACH, epoch, view }, 1);
      return;
    }
    if (heard.type === VoteType.IMPEACH) {
      if (this.act === 'VOTE_FOR_ALL') this.#sayOnce(`I${view}`, { type: VoteType.IMPEACH, epoch, view }, 0.6);
      return;
    }
    const { blockHash } = heard;
    this.#sayOnce(`P${view}${blockHash}`, { type: VoteType.PREPARE, epoch, view, blockHash }, 0.8);
    this.#sayOnce(`C${view}${blockHash}`, { type: VoteType.COMMIT, epoch, view, blockHash }, 0.8);
    if (this.act === 'VOTE_FOR_ALL') this.#sayOnce(`I${view}`, { type: VoteType.IMPEACH, epoch, view }, 0.6);
  }

  #sayOnce(id: string, vote: Vote, share: number): void {
    if (this.#done.has(id)) return;
    this.#done.add(id);
    const { random, config, keys } = this.world;
    const signed = { vote, sender: this.index, signature: keys.sign(this.index, vote) };
    this.later(random.int(0, 300), () => {
      for (let to = 0; to < config.committeeSize; to++) {
        if (to === this.index || !random.chance(share)) continue;
        if (vote.type === VoteType.IMPEACH)
          this.world.network.send(this.index, to, { type: MessageType.IMPEACH, vote: signed, reason: 'TIMEOUT' });
        else
          this.world.network.send(this.index, to, {
            type: vote.type === VoteType.COMMIT ? MessageType.COMMIT : MessageType.PREPARE,
            vote: signed,
          });
      }
    });
  }
}

function withTimeOneLater(header: Uint8Array): Uint8Array {
  const fields = readHeader(header)!;
  return encodeHeader({ ...fields, time: fields.time + 1 });
}
