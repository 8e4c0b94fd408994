/** First byte of every key in LevelDB. A number once used is never used for anything else. */
export const Namespace = {
  /** Format, chain, height of the last final block, compact range of block hashes. */
  META: 1,
  /** The runtime's state, keyed as the runtime says. */
  STATE: 2,
  /** height u64 -> place of the block's record, its hash and header. */
  BLOCK: 3,
  /** block hash -> height u64. */
  HASH: 4,
  /** txId -> height u64, index u32. */
  TRANSACTION: 5,
  /** height u64 -> receipts of the block. */
  RECEIPTS: 6,
  /** height u64 -> ledger events of the block. */
  EVENTS: 7,
  /** level u8, index u64 -> node of the tree over block hashes. */
  HISTORY: 8,
  /** height u64 -> C-certificate of that very block. */
  CERTIFICATE: 9,
} as const;
export type Namespace = (typeof Namespace)[keyof typeof Namespace];

/** Key of a namespace with a height or index after it, big endian, so that keys sort as numbers. */
export function numberKey(namespace: Namespace, value: number): Buffer {
  const key = Buffer.allocUnsafe(9);
  key[0] = namespace;
  key.writeBigUInt64BE(BigInt(value), 1);
  return key;
}

export function bytesKey(namespace: Namespace, bytes: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(1 + bytes.length);
  key[0] = namespace;
  key.set(bytes, 1);
  return key;
}

export function historyKey(level: number, index: number): Buffer {
  const key = Buffer.allocUnsafe(10);
  key[0] = Namespace.HISTORY;
  key[1] = level;
  key.writeBigUInt64BE(BigInt(index), 2);
  return key;
}
