import { createRequire } from 'node:module';
import type * as Sodium from 'sodium-native';

export type SodiumNative = typeof Sodium;

/** libsodium through its native binding, or the reason why it does not load on this machine. */
export type SodiumState = { readonly sodium: SodiumNative } | { readonly unavailable: string };

/** Loaded once and never thrown: a machine without the prebuilt binary runs on the portable engine. */
export const sodiumState: SodiumState = load();

function load(): SodiumState {
  try {
    return { sodium: createRequire(import.meta.url)('sodium-native') as SodiumNative };
  } catch (error) {
    return { unavailable: `sodium-native does not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * sodium-native answers `undefined` for memory that is shared between threads: such bytes are copied first. It takes
 * any Uint8Array; only its declarations ask for a Buffer.
 */
export function ownBytes(bytes: Uint8Array): Buffer {
  return (bytes.buffer instanceof SharedArrayBuffer ? new Uint8Array(bytes) : bytes) as Buffer;
}
