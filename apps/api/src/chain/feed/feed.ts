import { type FeedPosition, type TrustRoot, verifyFeed } from '@waymark/light-client';
import type { Logger } from '../../platform/logging/logger.js';
import type { NodeClient } from '../client/node-client.js';
import { callNode, NodeRefusal, NodeUnavailable } from '../client/node-rpc.js';
import { pause } from '../../platform/pause.js';
import { CheckpointMoved, type Projector } from '../projection/projector.js';

/** A node that has nothing new answers after this long; one that says nothing is left after `ANSWER_MS_MAX`. */
const WAIT_MS = 800;
const ANSWER_MS_MAX = 1_800;
/** Blocks asked for at once; fewer after an answer that did not come in time, so that a slow machine gets on too. */
const BLOCKS_MAX = 200;
const BLOCKS_MIN = 5;

/**
 * Follows one node in height order from the checkpoint on, verifies everything against the trust root before it is projected,
 * and moves to another node at the same height when the one it follows fails, lies or falls behind.
 */
export class Feed {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private blocksAtOnce = BLOCKS_MAX;
  private idleAnswers = 0;

  constructor(
    private readonly nodes: NodeClient,
    private readonly projector: Projector,
    private readonly trust: TrustRoot,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Projects until nothing new is left at the node asked; for a rebuild without a running worker. Returns the height reached. */
  async catchUp(): Promise<number> {
    for (;;) {
      const position = await this.projector.position();
      try {
        if ((await this.step(position)).height === position.height) return position.height;
      } catch (error) {
        // A worker projects too: the checkpoint says how far both of us are.
        if (!(error instanceof CheckpointMoved)) throw error;
      }
    }
  }

  /**
   * Projects up to this height and no further. `stepped` hears of each height reached and says whether to go on. Returns the height
   * reached; throws NodeUnavailable.
   */
  async catchUpTo(height: number, stepped: (height: number) => Promise<boolean>): Promise<number> {
    for (;;) {
      const position = await this.projector.position();
      if (position.height >= height || this.stopping.signal.aborted) return position.height;
      try {
        const reached = await this.step(position, height - position.height);
        if (!(await stepped(reached.height))) return reached.height;
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) throw error;
      }
    }
  }

  private async run(): Promise<void> {
    let position: FeedPosition | undefined;
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      try {
        position ??= await this.projector.position();
        position = await this.step(position);
        failures = 0;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        position = undefined;
        if (error instanceof CheckpointMoved) {
          this.logger.info(error.message);
          continue;
        }
        failures++;
        this.logger[error instanceof NodeUnavailable || error instanceof NodeRefusal ? 'warn' : 'error'](
          { err: error },
          'the feed stopped; going on from the checkpoint',
        );
        await pause(Math.min(100 * 2 ** Math.min(failures, 6), 5_000), this.stopping.signal);
      }
    }
  }

  /** One answer: fetched, verified, projected. */
  private async step(position: FeedPosition, blocksMax = BLOCKS_MAX): Promise<FeedPosition> {
    const url = this.nodes.current;
    const started = Date.now();
    let answer: unknown;
    try {
      answer = await callNode(
        url,
        'blocks',
        { from: position.height + 1, limit: Math.min(this.blocksAtOnce, blocksMax), waitMs: WAIT_MS },
        ANSWER_MS_MAX,
        this.stopping.signal,
      );
    } catch (error) {
      this.blocksAtOnce = Math.max(BLOCKS_MIN, Math.floor(this.blocksAtOnce / 2));
      this.nodes.moveOn(url, error instanceof Error ? error.message : 'no answer');
      throw error;
    }
    this.blocksAtOnce = Math.min(BLOCKS_MAX, this.blocksAtOnce * 2);
    const verdict = verifyFeed(answer, this.trust, position);
    if (!verdict.ok) {
      this.nodes.moveOn(url, verdict.code);
      throw new NodeUnavailable(
        `what ${url} says of the chain does not verify: ${verdict.code} at ${verdict.where} ${JSON.stringify(verdict.facts)}`,
      );
    }
    if (verdict.blocks.length === 0) {
      await this.lookAround(url, position.height);
      // A node that does not wait as asked must not make us ask without pause.
      if (Date.now() - started < 50) await pause(200, this.stopping.signal);
      return position;
    }
    this.idleAnswers = 0;
    await this.projector.project(verdict.blocks, position);
    this.logger.debug({ height: verdict.position.height, blocks: verdict.blocks.length }, 'projected');
    return verdict.position;
  }

  /** Nothing new here: is it the chain that rests, or the node that fell behind? */
  private async lookAround(url: string, height: number): Promise<void> {
    if (++this.idleAnswers % 2 !== 0 || this.nodes.urls.length < 2) return;
    const others = (await this.nodes.statuses()).filter((node) => node.url !== url);
    const ahead = others.find(({ status }) => status !== undefined && status.finalHeight > height + 1);
    if (ahead !== undefined)
      this.nodes.moveOn(url, `it is at height ${height}, another at ${ahead.status?.finalHeight ?? 0}`);
  }
}
