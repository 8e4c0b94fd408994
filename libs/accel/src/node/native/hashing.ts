import type { Hashing } from '../../contract/index.js';
import { sha256Native } from './digest.js';
import { merkleRootNative } from './merkle.js';

/** SHA-256 by OpenSSL on this thread: about seven times the portable engine on the nodes of a tree, more on longer inputs. */
export const nativeHashing: Hashing = { sha256: sha256Native, merkleRoot: merkleRootNative };
