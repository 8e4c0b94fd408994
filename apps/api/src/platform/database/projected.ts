import type { DataSource, EntityManager } from 'typeorm';

/** SQL: the height up to which the chain is verified and shown here; 0 before the first block. */
export const PROJECTED_HEIGHT = `coalesce((SELECT height FROM projection_checkpoint WHERE name = 'chain'), 0)`;

/** How far what is shown follows the chain. */
export interface Projected {
  /** Height up to which the chain is verified and shown; 0 before the first block. */
  readonly height: number;
  /** When the views last moved; null before the first block. */
  readonly updatedAt: Date | null;
}

export async function projected(database: DataSource | EntityManager): Promise<Projected> {
  const [row] = await database.query<{ height: string; updated_at: Date }[]>(
    `SELECT height, updated_at FROM projection_checkpoint WHERE name = 'chain'`,
  );
  return { height: Number(row?.height ?? 0), updatedAt: row?.updated_at ?? null };
}
