/** What a reader brings along: the trust root file, and what follows from it. */
import type { InlineEngine } from '@waymark/accel/contract';
import { portableHashing } from '@waymark/accel/portable';
import {
  canonicalJson,
  committeeHash,
  committeeOfTrustRoot,
  encodeTrustRoot,
  parseGenesis,
  parseTrustRoot,
  quorumOf,
  trustFingerprint,
  trustRootOf,
  type Committee,
  type TrustRoot,
} from '@waymark/ledger/chain';
import { parseBase64, parseHex, utf8 } from '@waymark/ledger/primitives';
import type { AnchorSigner } from './verdict.js';

/** The cryptography a verdict rests on; the portable reference unless the caller has a faster engine. */
export type VerifyingEngine = Pick<InlineEngine, 'hashing' | 'verifySignature'>;

/** The committee that a trust root names, with what is asked of it again and again. */
export interface TrustedCommittee {
  readonly committee: Committee;
  /** 32 bytes, as it stands in every header. */
  readonly hash: Uint8Array;
  /** Members. */
  readonly size: number;
  /** Signatures that make a header final. */
  readonly quorum: number;
  readonly genesisHash: Uint8Array;
  /** The members by committee index. */
  readonly signers: readonly AnchorSigner[];
}

/** @throws RangeError when `trust` did not come from `parseTrustRoot`. */
export function trustedCommitteeOf(
  trust: TrustRoot,
  hashing: InlineEngine['hashing'] = portableHashing,
): TrustedCommittee {
  const committee = committeeOfTrustRoot(trust);
  const genesisHash = parseHex(trust.genesisHash, 32);
  if (genesisHash === undefined) throw new RangeError('The genesis hash of the trust root is not 32 bytes of hex.');
  return {
    committee,
    hash: committeeHash(hashing, committee),
    size: committee.members.length,
    quorum: quorumOf(committee.members.length),
    genesisHash,
    signers: trust.committee.members.map((member) => ({
      memberId: member.memberId,
      class: member.class,
      names: trust.validatorNames[member.memberId],
    })),
  };
}

/** The trust root file as text (inlined in a page) or bytes, read; undefined when it is none. */
export function readTrustRoot(
  file: string | Uint8Array,
): { readonly trust: TrustRoot; readonly fingerprint: string } | undefined {
  const bytes = typeof file === 'string' ? utf8(file) : file;
  const parsed = parseTrustRoot(bytes);
  return parsed.ok ? { trust: parsed.value, fingerprint: trustFingerprint(portableHashing, bytes) } : undefined;
}

/**
 * The trust root that an evidence file brings along: what follows from the genesis file in it. It proves nothing by itself; it gives a
 * fingerprint that a reader compares with one from another hand.
 *
 * @param file the text of an evidence file, or of a file of pieces of a range, one a line
 */
export function claimedTrustRoot(
  file: string,
): { readonly trust: TrustRoot; readonly fingerprint: string } | undefined {
  const claim = /"genesis"\s*:\s*"([A-Za-z0-9+/=]{1,6000000})"/.exec(file)?.[1];
  const bytes = claim === undefined ? undefined : parseBase64(claim);
  return bytes === undefined ? undefined : trustRootOfGenesis(bytes);
}

/** The trust root that follows from a genesis file, with its fingerprint; undefined for what is no genesis file. */
export function trustRootOfGenesis(
  genesis: Uint8Array,
): { readonly trust: TrustRoot; readonly fingerprint: string } | undefined {
  const parsed = parseGenesis(portableHashing, genesis);
  if (!parsed.ok) return undefined;
  const trust = trustRootOf(portableHashing, parsed.value.genesis);
  return { trust, fingerprint: trustFingerprint(portableHashing, encodeTrustRoot(trust)) };
}

/** The same from its JSON value, however it was spelled: a page may hold the file with `<` written as an escape. */
export function readTrustRootJson(value: unknown): ReturnType<typeof readTrustRoot> {
  return typeof value === 'object' && value !== null ? readTrustRoot(canonicalJson(value)) : undefined;
}

/** Is this about the chain of the trust root? For status answers and files, before anything is verified. */
export function verifyTrustMatches(
  claim: { readonly chainId: string; readonly genesisHash: string },
  trust: TrustRoot,
): boolean {
  return claim.chainId === trust.chainId && claim.genesisHash === trust.genesisHash;
}
