/**
 * What every engine must answer before it is trusted with a node's work. The accepted ones are RFC 8032, 7.1 tests 1
 * to 3, and one of our own whose R carries torsion: valid under the cofactored equation only, so that an engine which
 * believes a cofactorless "no" fails here. The refused ones are those with one thing broken each.
 */
import type { SealRequest, SignatureCheck } from '../contract/index.js';

export interface KnownSignature {
  readonly title: string;
  readonly check: SignatureCheck;
  readonly valid: boolean;
}

export interface KnownDigest {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

/** RFC 8032, 7.1: secret key, public key, message, signature. */
export const KNOWN_KEY_PAIRS = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
].map(([seed = '', publicKey = '', message = '', signature = '']) => ({
  seed: bytesOf(seed),
  publicKey: bytesOf(publicKey),
  message: bytesOf(message),
  signature: bytesOf(signature),
}));

/** A, "waymark", (R + T, S) with T of order 8: 8SB = 8R + 8kA holds, SB = R + kA does not. */
const TORSIONED: SignatureCheck = {
  publicKey: bytesOf('5e00add46862bcf106ff802eb50a97ec0a72cb319678a85db715f65274f7697a'),
  message: bytesOf('7761796d61726b'),
  signature: bytesOf(
    '04dc8a3c583c92afd62e5160fdbb146ede073cc290b74fc74667a5a5a5266a09ce18b3eaeae6d3a18ed5e9628ac43eb8ccc8af915020a56e414bbe1f17266d0a',
  ),
};

const third = KNOWN_KEY_PAIRS[2] as SignatureCheck;
const IDENTITY = bytesOf('0100000000000000000000000000000000000000000000000000000000000000');
/** S of the third pair plus L: the same scalar, spelled again. */
const S_PLUS_L = bytesOf('05d391b0a77904e98404ef037747a56e4a7c15e9716ed28dc027beceea1ec41a');

export const KNOWN_SIGNATURES: readonly KnownSignature[] = [
  ...KNOWN_KEY_PAIRS.map((pair, i) => ({ title: `RFC 8032 test ${i + 1}`, check: pair, valid: true })),
  { title: 'torsion in R, cofactored equation holds', check: TORSIONED, valid: true },
  { title: 'one bit of the message flipped', check: { ...third, message: bytesOf('af83') }, valid: false },
  { title: 'one bit of R flipped', check: { ...third, signature: flipped(third.signature, 3) }, valid: false },
  { title: 'one bit of S flipped', check: { ...third, signature: flipped(third.signature, 40) }, valid: false },
  { title: 'another key', check: { ...third, publicKey: TORSIONED.publicKey }, valid: false },
  {
    title: 'S not below L',
    check: { ...third, signature: joined(third.signature.slice(0, 32), S_PLUS_L) },
    valid: false,
  },
  {
    title: 'small-order key and R, S = 0: the equation holds for every message',
    check: { publicKey: IDENTITY, message: third.message, signature: joined(IDENTITY, new Uint8Array(32)) },
    valid: false,
  },
  { title: 'signature of 63 bytes', check: { ...third, signature: third.signature.slice(0, 63) }, valid: false },
  {
    title: 'signature of 65 bytes',
    check: { ...third, signature: joined(third.signature, new Uint8Array(1)) },
    valid: false,
  },
  { title: 'key of 31 bytes', check: { ...third, publicKey: third.publicKey.slice(0, 31) }, valid: false },
  {
    title: 'nothing at all',
    check: { publicKey: new Uint8Array(), message: new Uint8Array(), signature: new Uint8Array() },
    valid: false,
  },
];

/** FIPS 180-4 examples: the empty string, "abc", and 448 bits that need a second block. */
export const KNOWN_DIGESTS: readonly KnownDigest[] = [
  ['no bytes', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['"abc"', '616263', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    '56 bytes, padding in a block of its own',
    '6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
].map(([title = '', bytes = '', digest = '']) => ({ title, bytes: bytesOf(bytes), digest: bytesOf(digest) }));

/** Leaves of certificate-transparency's test tree, as RFC 6962 libraries use them, and the head over the first n of them. */
export const KNOWN_LEAVES: readonly Uint8Array[] = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(bytesOf);

/** By number of leaves, from none on. */
export const KNOWN_ROOTS: readonly Uint8Array[] = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(bytesOf);

/** draft-irtf-cfrg-xchacha-03, A.3.1. */
export const KNOWN_SEAL: { readonly request: SealRequest; readonly box: Uint8Array } = {
  request: {
    key: bytesOf('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f'),
    nonce: bytesOf('404142434445464748494a4b4c4d4e4f5051525354555657'),
    associated: bytesOf('50515253c0c1c2c3c4c5c6c7'),
    content: new TextEncoder().encode(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
    ),
  },
  box: bytesOf(
    'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e' +
      'c0875924c1c7987947deafd8780acf49',
  ),
};

/** 24 times "Waymark ", as zlib 1.3 packs it at level 9. */
export const KNOWN_PACKED: { readonly content: Uint8Array; readonly packed: Uint8Array } = {
  content: new TextEncoder().encode('Waymark '.repeat(24)),
  packed: bytesOf('78da0b4faccc4d2cca56081fa23400136547a1'),
};

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function flipped(bytes: Uint8Array, index: number): Uint8Array {
  const copy = bytes.slice();
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}
