import { leaderSchedule, type LbftConfig } from '@waymark/consensus/lbft';
import { faultTolerance } from '@waymark/consensus/certificates';
import { genesisSeed } from '@waymark/ledger/chain';
import { fromHex } from '@waymark/ledger/primitives';
import { ByzantineNode, type ByzantineAct } from './byzantine-node.js';
import { Checkers, Violation } from './checkers.js';
import { EventQueue } from './event-queue.js';
import { Random } from './random.js';
import { genesis } from './sim-block.js';
import { genesisHash, sha256, SimKeys } from './sim-crypto.js';
import { SimNetwork, type LinkFaults } from './sim-network.js';
import { SimNode, type SimWorld } from './sim-node.js';

export interface SimulationOptions {
  readonly committeeSize?: number;
  readonly byzantine?: number;
  readonly acts?: readonly ByzantineAct[];
  readonly defects?: SimWorld['defects'];
  /** How long things go wrong; afterwards everything heals and progress is demanded. */
  readonly stormMs?: number;
  readonly calmMs?: number;
}

export interface SimulationResult {
  readonly digest: string;
  readonly committeeSize: number;
  readonly byzantine: number;
  readonly finalHeight: number;
  readonly views: number;
  readonly crashes: number;
  readonly messages: number;
  readonly convictions: number;
}

/** Heights must rise within this after healing (I19). */
const RECOVERY_MS = 30_000;

/** One run of a whole cluster: the seed decides everything. Throws a Violation when an invariant breaks. */
export function simulate(seed: number, options: SimulationOptions = {}): SimulationResult {
  return new Simulation(seed, options).run();
}

class Simulation {
  readonly #random: Random;
  readonly #queue = new EventQueue();
  readonly #network: SimNetwork;
  readonly #checkers: Checkers;
  readonly #nodes: SimNode[] = [];
  readonly #size: number;
  readonly #byzantine: number;
  readonly #silent = new Set<number>();
  readonly #deltaMs: number;
  readonly #stormMs: number;
  readonly #calmMs: number;
  #crashes = 0;
  #submitted = 0;
  #storm = true;

  constructor(seed: number, options: SimulationOptions) {
    const random = new Random(seed);
    this.#random = random;
    this.#size = options.committeeSize ?? random.pick([4, 4, 4, 4, 7, 5, 3, 1]);
    this.#byzantine = options.byzantine ?? random.int(0, faultTolerance(this.#size));
    this.#deltaMs = random.pick([50, 100, 200]);
    this.#stormMs = options.stormMs ?? random.int(8_000, 20_000);
    this.#calmMs = options.calmMs ?? 12_000;
    this.#network = new SimNetwork(this.#queue, random, this.#size, this.#badLinks());
    const keys = new SimKeys(this.#size);
    const faulty = new Set(random.shuffled(this.#members()).slice(0, this.#byzantine));
    this.#checkers = new Checkers(keys, new Set(this.#members().filter((index) => !faulty.has(index))), this.#size);
    const world: SimWorld = {
      queue: this.#queue,
      random,
      network: this.#network,
      keys,
      checkers: this.#checkers,
      config: this.#config(),
      flushMs: random.pick([1, 5, 5, 40]),
      defects: options.defects ?? {},
    };
    for (const index of this.#members()) {
      const act = random.pick<ByzantineAct | 'SILENT'>(
        options.acts ?? ['EQUIVOCATE', 'VOTE_FOR_ALL', 'IMPEACH_ALL', 'SILENT'],
      );
      if (faulty.has(index) && act === 'SILENT') this.#silent.add(index);
      const node =
        faulty.has(index) && act !== 'SILENT' ? new ByzantineNode(index, world, act) : new SimNode(index, world);
      this.#nodes.push(node);
      this.#network.deliverTo.set(index, (from, message) => node.receive(from, message));
    }
  }

  run(): SimulationResult {
    for (const node of this.#nodes)
      if (!this.#silent.has(node.index)) this.#queue.after(this.#random.int(0, 500), () => node.boot());
    this.#scheduleClient();
    this.#scheduleNemesis();
    this.#queue.runUntil(this.#stormMs);
    this.#heal();
    this.#demandProgress();
    const heights = this.#nodes.map(({ index }) => this.#checkers.deliveredHeight(index));
    return {
      digest: this.#checkers.digest(),
      committeeSize: this.#size,
      byzantine: this.#byzantine,
      finalHeight: Math.max(...heights),
      views: Math.max(...this.#live().map((node) => node.summary.view)),
      crashes: this.#crashes,
      messages: this.#network.sent,
      convictions: this.#checkers.convictions,
    };
  }

  #members(): number[] {
    return Array.from({ length: this.#size }, (_, index) => index);
  }

  #live(): SimNode[] {
    return this.#nodes.filter((node) => node.honest && !this.#silent.has(node.index));
  }

  #config(): SimWorld['config'] {
    const random = this.#random;
    const count = random.int(Math.min(this.#size, faultTolerance(this.#size) + 1), this.#size);
    const proposers = random
      .shuffled(this.#members())
      .slice(0, count)
      .sort((a, b) => a - b);
    const config: Omit<LbftConfig, 'self'> = {
      committeeSize: this.#size,
      proposers,
      leaderOf: leaderSchedule(genesisSeed({ sha256 }, fromHex(genesisHash)), count, sha256),
      epoch: 0,
      genesis,
      parameters: {
        deltaMs: this.#deltaMs,
        minBlockMs: random.pick([50, 100, 500]),
        slotMs: random.pick([1000, 3000]),
      },
      sha256,
    };
    return config;
  }

  /** Swarm: each run draws its own intensities. */
  #badLinks(): LinkFaults {
    const random = this.#random;
    return {
      drop: random.pick([0, 0, 0.05, 0.3]),
      duplicate: random.pick([0, 0.1, 0.5]),
      leastDelayMs: 1,
      mostDelayMs: random.pick([5, 50, 300]),
      tail: random.pick([0, 0.02, 0.2]),
      tailMs: random.pick([500, 3000]),
    };
  }

  #scheduleClient(): void {
    this.#queue.after(this.#random.int(20, 600), () => {
      const transaction = Uint8Array.of(1, this.#submitted >> 16, (this.#submitted >> 8) & 255, this.#submitted & 255);
      this.#submitted += 1;
      for (const node of this.#nodes) if (this.#random.chance(0.8)) node.submit(transaction);
      this.#scheduleClient();
    });
  }

  #scheduleNemesis(): void {
    const random = this.#random;
    this.#queue.after(random.int(100, 2500), () => {
      if (!this.#storm) return;
      const act = random.int(0, 9);
      if (act <= 3) this.#crash(random.pick(this.#nodes), random.chance(0.5) ? 'POWER' : 'KILL');
      else if (act === 4) for (const node of this.#nodes) this.#crash(node, 'POWER');
      else if (act === 5) for (const node of this.#nodes) if (random.chance(0.6)) this.#crash(node, 'KILL');
      if (act === 6 || act === 7) this.#network.partition();
      if (act === 8) this.#network.cutOneWay();
      if (act === 9) this.#network.heal();
      this.#scheduleNemesis();
    });
  }

  #crash(node: SimNode, kind: 'POWER' | 'KILL'): void {
    if (!node.alive) return;
    this.#crashes += 1;
    node.crash(kind);
    this.#queue.after(this.#random.int(50, 3000), () => {
      if (!node.alive) node.boot();
    });
  }

  #heal(): void {
    this.#storm = false;
    this.#network.heal();
    this.#network.faults = {
      drop: 0,
      duplicate: 0,
      leastDelayMs: 1,
      mostDelayMs: Math.floor(this.#deltaMs / 2),
      tail: 0,
      tailMs: 0,
    };
    for (const node of this.#nodes) if (!node.alive && !this.#silent.has(node.index)) node.boot();
  }

  /** I19: after healing the final height of every honest node rises, and goes on rising. */
  #demandProgress(): void {
    const heights = (): number[] => this.#live().map(({ index }) => this.#checkers.deliveredHeight(index));
    const before = Math.max(...heights());
    const healedAtMs = this.#queue.nowMs;
    while (Math.min(...heights()) <= before) {
      if (this.#queue.nowMs > healedAtMs + RECOVERY_MS) {
        const where = this.#live().map(
          (node) =>
            `${node.index}: view ${node.summary.view}, final ${node.summary.finalHeight}, delivered ${node.summary.deliveredHeight}`,
        );
        throw new Violation('I19', `no progress within 30 s after healing from height ${before} (${where.join('; ')})`);
      }
      this.#queue.runUntil(this.#queue.nowMs + 500);
    }
    const recovered = Math.min(...heights());
    this.#queue.runUntil(this.#queue.nowMs + this.#calmMs);
    if (Math.min(...heights()) < recovered + 2) throw new Violation('I19', `progress stopped at height ${recovered}`);
  }
}
