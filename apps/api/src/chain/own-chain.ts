import type { DataSource } from 'typeorm';
import { ConfigError } from '../platform/config/config.js';

/**
 * A database belongs to one chain: with another one's genesis file its jobs would be sent to strangers and its views be mixed. The first
 * process to open it writes down whose it is.
 * @throws ConfigError when it is another chain's
 */
export async function refuseForeignChain(database: DataSource, genesisHash: Uint8Array): Promise<void> {
  const own = Buffer.from(genesisHash).toString('hex');
  await database.query(`INSERT INTO own_chain (genesis_hash) VALUES ($1) ON CONFLICT DO NOTHING`, [own]);
  const rows: { genesis_hash: string }[] = await database.query(`SELECT genesis_hash FROM own_chain`);
  const known = rows[0]?.genesis_hash;
  if (known !== own)
    throw new ConfigError(
      `GENESIS_FOREIGN: this database belongs to another consortium (genesis ${known ?? 'unknown'}), the genesis file is ${own}. Nothing was changed. Give the database or the genesis file that belong together.`,
    );
}
