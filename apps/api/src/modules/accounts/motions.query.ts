import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/errors/not-found.js';
import { DATABASE } from '../../platform/tokens.js';
import type { MotionRow } from './views/motion-view.js';

/** A row as Postgres gives it: whole numbers of 64 bits are texts. */
export type StoredMotion = Omit<MotionRow, 'proposed_at' | 'expires_at' | 'closed_at' | 'height'> & {
  readonly proposed_at: string;
  readonly expires_at: string;
  readonly closed_at: string | null;
  readonly height: string;
};

const MOTIONS_MAX = 200;

/** Motions as the projection has them. */
@Injectable()
export class MotionsQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  list(state: 'open' | 'closed'): Promise<StoredMotion[]> {
    return this.database.query<StoredMotion[]>(
      `SELECT * FROM motion WHERE (state = 'open') = $1 ORDER BY proposed_at DESC, motion LIMIT ${MOTIONS_MAX}`,
      [state === 'open'],
    );
  }

  async one(motion: string): Promise<StoredMotion> {
    const [row] = await this.database.query<StoredMotion[]>(`SELECT * FROM motion WHERE motion = $1`, [motion]);
    if (row === undefined)
      throw notFound('MOTION_UNKNOWN', `There is no proposal ${motion.slice(0, 40)}.`, 'Load the list again.');
    return row;
  }
}
