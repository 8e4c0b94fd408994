/**
 * The suite that every engine passes, as data: a test runner turns each case into a test, an operator's self-check
 * may run it too. A case throws when the engine is wrong.
 */
import type { Engine, SignatureCheck, Verifier } from '../contract/index.js';
import { portableHashing, publicKeyOf, signMessage } from '../portable/index.js';
import { KNOWN_DIGESTS, KNOWN_SIGNATURES } from '../select/index.js';

export interface ConformanceCase {
  /** A sentence about behaviour. */
  readonly title: string;
  run(engine: Engine): Promise<void>;
}

export const conformanceSuite: readonly ConformanceCase[] = [
  ...KNOWN_SIGNATURES.map(({ title, check, valid }) => ({
    title: `${valid ? 'accepts' : 'refuses'}: ${title}`,
    run: async (engine: Engine) => {
      same(`${engine.name}.verifySignature`, engine.verifySignature(check), valid);
      same(`${engine.name}.verifyMany`, await answersOf(engine, [check]), [valid]);
    },
  })),
  ...KNOWN_DIGESTS.map(({ title, bytes, digest }) => ({
    title: `hashes ${title} as FIPS 180-4 says`,
    run: async (engine: Engine) => same('digest', engine.hashing.sha256(bytes), digest),
  })),
  {
    title: 'hashes every length around a block border as the reference does',
    async run(engine) {
      for (const length of [0, 1, 31, 32, 55, 56, 63, 64, 65, 119, 128, 1000, 70_000]) {
        const bytes = patterned(length);
        same(`digest of ${length} bytes`, engine.hashing.sha256(bytes), portableHashing.sha256(bytes));
      }
    },
  },
  {
    title: 'hashes a view into a larger buffer, not the buffer',
    async run(engine) {
      const large = patterned(100);
      same(
        'digest of the view',
        engine.hashing.sha256(large.subarray(10, 42)),
        portableHashing.sha256(large.slice(10, 42)),
      );
    },
  },
  {
    title: 'answers a long mixed list in its order',
    async run(engine) {
      const checks = mixedChecks(600);
      same('answers', await answersOf(engine, checks), checks.map(isEven));
    },
  },
  {
    title: 'answers lists asked at the same time apart from one another',
    async run(engine) {
      const lists = [mixedChecks(40), mixedChecks(3), [], mixedChecks(97)];
      await withVerifier(engine, async (verifier) => {
        const answers = await Promise.all(lists.map((list) => verifier.verifyMany(list)));
        same(
          'answers',
          answers,
          lists.map((list) => list.map(isEven)),
        );
      });
    },
  },
  {
    title: 'takes bytes that are views into larger buffers',
    async run(engine) {
      const [check] = mixedChecks(1) as [SignatureCheck];
      const viewed = {
        publicKey: framed(check.publicKey),
        message: framed(check.message),
        signature: framed(check.signature),
      };
      same('answer', [engine.verifySignature(viewed), ...(await answersOf(engine, [viewed]))], [true, true]);
    },
  },
  {
    title: 'takes bytes that are shared between threads, and can still say no',
    async run(engine) {
      const [good, bad] = mixedChecks(2) as [SignatureCheck, SignatureCheck];
      const checks = [shared(good), shared(bad)];
      same(
        'answers at once',
        checks.map((check) => engine.verifySignature(check)),
        [true, false],
      );
      same('answers', await answersOf(engine, checks), [true, false]);
      same('digest', engine.hashing.sha256(shared(good).message), portableHashing.sha256(good.message));
    },
  },
  {
    title: 'leaves the bytes of its caller as they were',
    async run(engine) {
      const checks = mixedChecks(20);
      const before = checks.map(({ publicKey, message, signature }) => [
        publicKey.slice(),
        message.slice(),
        signature.slice(),
      ]);
      await answersOf(engine, checks);
      same(
        'bytes',
        checks.map(({ publicKey, message, signature }) => [publicKey, message, signature]),
        before,
      );
    },
  },
  {
    title: 'answers what is under way when it is closed, refuses what comes after, and may be closed twice',
    async run(engine) {
      const verifier = engine.openVerifier();
      const checks = mixedChecks(50);
      const underWay = verifier.verifyMany(checks);
      await Promise.all([verifier.close(), verifier.close()]);
      same('answers', await underWay, checks.map(isEven));
      const late = await verifier.verifyMany(checks).then(
        () => 'answered',
        () => 'rejected',
      );
      same('a call after close', late, 'rejected');
    },
  },
];

/** Signatures of which the first is right and every second one has one bit wrong: in turn in message, R, S and key. */
export function mixedChecks(count: number): SignatureCheck[] {
  const seeds = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
  const keys = seeds.map(publicKeyOf);
  // Signing is the slow part in the reference engine: a few signatures, spoiled in many ways.
  const signed = seeds.flatMap((seed, i) =>
    [0, 33].map((length) => {
      const message = patterned(length + i);
      return { publicKey: keys[i] as Uint8Array, message, signature: signMessage(seed, message) };
    }),
  );
  return Array.from({ length: count }, (_, i) => {
    const good = signed[i % signed.length] as SignatureCheck;
    if (i % 2 === 0) return { ...good, message: good.message.slice() };
    switch (((i - 1) / 2) % 4) {
      case 0:
        return { ...good, message: Uint8Array.of(...good.message, i & 255) };
      case 1:
        return { ...good, signature: spoiled(good.signature, i % 31) };
      case 2:
        return { ...good, signature: spoiled(good.signature, 32 + (i % 31)) };
      default:
        return { ...good, publicKey: spoiled(good.publicKey, i % 31) };
    }
  });
}

/** By construction of {@link mixedChecks}. */
function isEven(_: unknown, index: number): boolean {
  return index % 2 === 0;
}

async function answersOf(engine: Engine, checks: readonly SignatureCheck[]): Promise<boolean[]> {
  return withVerifier(engine, (verifier) => verifier.verifyMany(checks));
}

async function withVerifier<T>(engine: Engine, work: (verifier: Verifier) => Promise<T>): Promise<T> {
  const verifier = engine.openVerifier();
  try {
    return await work(verifier);
  } finally {
    await verifier.close();
  }
}

function same(what: string, got: unknown, expected: unknown): void {
  const [a, b] = [plain(got), plain(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

function plain(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) => (ArrayBuffer.isView(item) ? Array.from(item as Uint8Array) : item)) ??
    'undefined'
  );
}

function patterned(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 131 + 7) & 255);
}

function spoiled(bytes: Uint8Array, index: number): Uint8Array {
  const copy = bytes.slice();
  copy[index] = (copy[index] ?? 0) ^ 4;
  return copy;
}

function framed(bytes: Uint8Array): Uint8Array {
  const large = new Uint8Array(bytes.length + 9).fill(0xaa);
  large.set(bytes, 5);
  return large.subarray(5, 5 + bytes.length);
}

function shared({ publicKey, message, signature }: SignatureCheck): SignatureCheck {
  const copy = (bytes: Uint8Array) => {
    const own = new Uint8Array(new SharedArrayBuffer(bytes.length));
    own.set(bytes);
    return own;
  };
  return { publicKey: copy(publicKey), message: copy(message), signature: copy(signature) };
}
