import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NodeClient } from '../../chain/client/node-client.js';
import { PRODUCT_VERSION } from '../../platform/health/product-version.js';
import { LOGGER, type Logger } from '../../platform/logging/logger.js';
import { Queues } from '../../platform/queue/queues.js';
import { DATABASE, QUEUES } from '../../platform/tokens.js';
import type { Versions } from './dto/work.js';
import { reportOf } from './node-reports.js';
import { SEEN_LATELY } from './work.service.js';

type Part = Versions['parts'][number];

/** What runs here, part by part. */
@Injectable()
export class VersionsService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(QUEUES) private readonly queues: Queues,
    private readonly nodes: NodeClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async all(): Promise<Versions> {
    const known = await this.database.query<{ url: string; account: string; name: string }[]>(
      `SELECT url, account, name FROM node_sighting`,
    );
    const nameOf = (url: string) => {
      const sighting = known.find((one) => one.url === url);
      return sighting === undefined ? url : `${sighting.account}/${sighting.name}`;
    };
    const [processes, nodes, postgres, queue] = await Promise.all([
      this.processes(),
      Promise.all(this.nodes.urls.map((url) => this.node(url, nameOf(url)))),
      this.postgres(),
      this.queue(),
    ]);
    return { product: PRODUCT_VERSION, parts: [...processes, ...nodes, postgres, queue] };
  }

  private async processes(): Promise<Part[]> {
    const rows = await this.database.query<
      { name: 'api' | 'worker'; version: string; runtime: string; started_at: Date }[]
    >(
      `SELECT name, version, runtime, started_at FROM process_sighting WHERE seen_at > ${SEEN_LATELY} ORDER BY name, started_at`,
    );
    const parts = rows.map(({ name, version, runtime, started_at }, index): Part => {
      const number = rows.slice(0, index + 1).filter((row) => row.name === name).length;
      return {
        part: name,
        name: `${name} ${number}`,
        version,
        runtime,
        since: started_at.toISOString(),
        answers: true,
      };
    });
    if (parts.some(({ part }) => part === 'worker')) return parts;
    return [...parts, { part: 'worker', name: 'worker', version: null, runtime: null, since: null, answers: false }];
  }

  private async node(url: string, known: string): Promise<Part> {
    try {
      const { account, name, version, runtime, startedMs } = await reportOf(url);
      const since = new Date(startedMs).toISOString();
      return { part: 'node', name: `${account}/${name}`, version, runtime, since, answers: true };
    } catch (error) {
      this.logger.debug({ url, err: error }, 'a node does not say its version');
      return { part: 'node', name: known, version: null, runtime: null, since: null, answers: false };
    }
  }

  private async postgres(): Promise<Part> {
    const [row] = await this.database.query<{ version: string; since: Date }[]>(
      `SELECT current_setting('server_version') AS version, pg_postmaster_start_time() AS since`,
    );
    const since = row?.since.toISOString() ?? null;
    return { part: 'postgres', name: 'Postgres', version: row?.version ?? null, runtime: null, since, answers: true };
  }

  private async queue(): Promise<Part> {
    const name = this.queues.backend === 'redis' ? 'Redis' : 'Postgres (BullMQ)';
    try {
      const version = (await this.queues.redisVersion()) ?? null;
      return { part: 'queue', name, version, runtime: null, since: null, answers: true };
    } catch (error) {
      this.logger.debug({ err: error }, 'the queue does not say its version');
      return { part: 'queue', name, version: null, runtime: null, since: null, answers: false };
    }
  }
}
