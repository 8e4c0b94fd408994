/**
 * A ledger inside the process of a test: the real runtime, storage and JSON-RPC server behind the `solo` engine, which
 * needs one signer and no network.
 */

export interface InProcessLedgerOptions {
  /** The genesis file's bytes. */
  readonly genesis: Uint8Array;
  /** Consensus seeds of validators named in genesis, by memberId hex; the first proposer among them signs the blocks. */
  readonly seeds: Readonly<Record<string, Uint8Array>>;
  /** Folder to keep the chain in; default: a new temporary folder, removed by `close`. */
  readonly dir?: string;
  /** Port of the JSON-RPC server on 127.0.0.1; default: a free one, kept across `restart`. */
  readonly port?: number;
}

export interface InProcessLedger {
  /** `http://127.0.0.1:port`, as the API is told about a node. */
  readonly rpcUrl: string;
  readonly genesisHash: string;
  /** Height of the last final block. */
  finalHeight(): number;
  /** Resolves when `height` is final. Rejects after `timeoutMs` (default 10,000). */
  waitForHeight(height: number, timeoutMs?: number): Promise<void>;
  /** Closes and opens it again on the same folder and port. */
  restart(): Promise<void>;
  /** Stops only, keeping folder and port; `restart` opens it again. For tests of a node that is away. */
  stop(): Promise<void>;
  close(): Promise<void>;
}
