import { Platform1764000000001 } from './0001-platform.js';
import { People1764000000002 } from './0002-people.js';
import { Capture1764000000003 } from './0003-capture.js';
import { Operations1764000000005 } from './0005-operations.js';
import { Sample1764000000006 } from './0006-sample.js';
import { OwnChain1764000000007 } from './0007-own-chain.js';
import { RefusedEvents1764000000008 } from './0008-refused-events.js';
import { OidcConfirmations1764000000009 } from './0009-oidc-confirmations.js';

/** In order; a migration that has been released is never changed. */
export const migrations = [
  Platform1764000000001,
  People1764000000002,
  Capture1764000000003,
  Operations1764000000005,
  Sample1764000000006,
  OwnChain1764000000007,
  RefusedEvents1764000000008,
  OidcConfirmations1764000000009,
] as const;
