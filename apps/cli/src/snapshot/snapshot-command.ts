import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  portableHashing,
  verifySnapshotManifest,
  type Defect,
  type SnapshotCode,
  type VerifiedSnapshotManifest,
} from '@waymark/light-client';
import type { NodePlace } from '@waymark/node/snapshots';
import { readChunks, SnapshotDefect } from '@waymark/node/snapshots/read-chunks';
import { parseCommandArgs, pathFrom, UsageError, type Command, type Surroundings } from '../command.js';
import { CommandStopped } from '../command-stopped.js';
import { languageOf, printable, type Language } from '../language.js';
import { findTrustFile, loadTrust, type OwnTrust } from '../verify/trust-file.js';
import { SNAPSHOT_REFUSAL_TEXTS, SNAPSHOT_TEXTS } from './snapshot-texts.js';

const MANIFEST_BYTES_MAX = 256 * 1024 * 1024;

/** `waymark snapshot`: the state of a node written out, checked, and begun with; blocks behind it dropped. */
export const snapshotCommand: Command = async (args, surroundings) => {
  const [action, ...rest] = args;
  switch (action) {
    case 'export':
      return exportState(rest, surroundings);
    case 'verify':
      return verify(rest, surroundings);
    case 'import':
      return importState(rest, surroundings);
    case 'prune':
      return prune(rest, surroundings);
    default:
      throw new UsageError(action === undefined ? 'Expected an action.' : `There is no "snapshot ${action}".`);
  }
};

const NODE = { node: { type: 'string' } } as const;
const LANGUAGE = { lang: { type: 'string' } } as const;
const TRUST = { trust: { type: 'string' } } as const;

interface Checked {
  readonly folder: string;
  readonly own: OwnTrust;
  readonly manifest: VerifiedSnapshotManifest;
}
type Refusal = { readonly refused: Pick<Defect<SnapshotCode>, 'code' | 'where' | 'facts'>; readonly own: OwnTrust };

/** The manifest of a folder, verified. */
async function checkManifest(
  given: string,
  trust: string | undefined,
  surroundings: Surroundings,
): Promise<Checked | Refusal> {
  const folder = pathFrom(surroundings, given);
  const file = path.join(folder, 'manifest.json');
  const own = loadTrust(findTrustFile(trust, surroundings));
  let text: string;
  try {
    if ((await stat(file)).size > MANIFEST_BYTES_MAX)
      throw new CommandStopped(`${file} is larger than ${MANIFEST_BYTES_MAX} bytes: no manifest is.`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof CommandStopped) throw error;
    throw new CommandStopped(`There is no snapshot in ${folder}: ${(error as Error).message}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { own, refused: { code: 'SNAPSHOT_MALFORMED', where: '', facts: { reason: (error as Error).message } } };
  }
  const manifest = verifySnapshotManifest(value, own.trust, { nowMs: surroundings.now().getTime() });
  return manifest.ok ? { folder, own, manifest } : { own, refused: manifest };
}

function refusedText({ refused, own }: Refusal, language: Language): string {
  const words = SNAPSHOT_TEXTS[language];
  const facts = Object.entries(refused.facts).map(
    ([name, value]) => `  ${name}: ${printable(String(value)).slice(0, 200)}`,
  );
  return [
    `${words.refused}: ${refused.code}`,
    SNAPSHOT_REFUSAL_TEXTS[refused.code][language],
    words.basis(own.fingerprint, own.file),
    ...(refused.where === '' ? [] : [`  ${printable(refused.where)}`]),
    ...facts,
    '',
  ].join('\n');
}

const defectOf = (error: unknown, own: OwnTrust): Refusal => {
  if (!(error instanceof SnapshotDefect)) throw error;
  return { own, refused: { code: error.code, where: error.file, facts: {} } };
};

async function verify(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parseCommandArgs(args, { ...TRUST, ...LANGUAGE }, ['folder']);
  const language = languageOf(values.lang, surroundings.env);
  const words = SNAPSHOT_TEXTS[language];
  const checked = await checkManifest(positionals[0] as string, values.trust, surroundings);
  const refuse = (refusal: Refusal): number => {
    surroundings.out(refusedText(refusal, language));
    return 1;
  };
  if ('refused' in checked) return refuse(checked);
  const { folder, own, manifest } = checked;
  try {
    await readChunks(folder, manifest, portableHashing);
  } catch (error) {
    return refuse(defectOf(error, own));
  }
  const time = new Date(manifest.anchor.timeMs).toISOString();
  surroundings.out(
    [
      words.verified,
      words.basis(own.fingerprint, own.file),
      words.holds(manifest.entries, manifest.height, time),
      '',
    ].join('\n'),
  );
  return 0;
}

/** The settings of a node, and its store. Loaded when asked for: verifying needs no database. */
const nodeRoom = () => import('@waymark/node/snapshots');

function nodeFile(given: string | undefined, surroundings: Surroundings): string {
  if (given === undefined) throw new UsageError('Which node? Name its settings with --node <node.json>.');
  return pathFrom(surroundings, given);
}

/** What a person must correct, told in a sentence. */
async function withSentences<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    switch (error.name) {
      case 'NodeRuns':
        throw new CommandStopped(
          `The node of ${error.message} runs. Stop it first: this command needs its store for itself.`,
        );
      case 'ChainFolderTaken':
        throw new CommandStopped(`${error.message} holds a chain already. Move it away first: nothing is overwritten.`);
      case 'NoSnapshot':
      case 'ConfigError':
      case 'StoreUnusable':
        throw new CommandStopped(error.message);
      default:
        throw error;
    }
  }
}

async function exportState(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values } = parseCommandArgs(args, { ...NODE, ...LANGUAGE, out: { type: 'string' } });
  if (values.out === undefined) throw new UsageError('Where to? Name a new folder with --out <folder>.');
  const folder = pathFrom(surroundings, values.out);
  const words = SNAPSHOT_TEXTS[languageOf(values.lang, surroundings.env)];
  const room = await nodeRoom();
  const { nativeHashing } = await import('@waymark/accel/node');
  const done = await withSentences(async () => {
    const place = await room.placeOfNode(nodeFile(values.node, surroundings));
    const store = await room.openStoppedStore(place);
    try {
      return await room.exportSnapshot({ store, hashing: nativeHashing, ...place, folder });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST')
        throw new CommandStopped(`${folder} is there already. Name a new folder: nothing is overwritten.`);
      throw error;
    } finally {
      await store.close();
    }
  });
  surroundings.out(`${words.exported(done.height, done.entries, done.bytes)}\n`);
  return 0;
}

async function importState(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parseCommandArgs(args, { ...NODE, ...TRUST, ...LANGUAGE }, ['folder']);
  const language = languageOf(values.lang, surroundings.env);
  const node = nodeFile(values.node, surroundings);
  const checked = await checkManifest(positionals[0] as string, values.trust, surroundings);
  if ('refused' in checked) {
    surroundings.out(refusedText(checked, language));
    return 1;
  }
  const { folder, own, manifest } = checked;
  const room = await nodeRoom();
  const { nativeHashing } = await import('@waymark/accel/node');
  try {
    await withSentences(async () => {
      const { chainDir, genesisHash } = await placeOfChain(node, own);
      await room.importSnapshot({ folder, manifest, genesisHash, hashing: nativeHashing, chainDir });
    });
  } catch (error) {
    surroundings.out(refusedText(defectOf(error, own), language));
    return 1;
  }
  surroundings.out(`${SNAPSHOT_TEXTS[language].imported(manifest.height)}\n`);
  return 0;
}

/** A node of the chain that is trusted. */
async function placeOfChain(node: string, own: OwnTrust): Promise<NodePlace> {
  const place = await (await nodeRoom()).placeOfNode(node);
  if (Buffer.from(place.genesisHash).toString('hex') !== own.trust.genesisHash)
    throw new CommandStopped(`${node} belongs to another chain than the trust root ${own.file}.`);
  return place;
}

async function prune(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = parseCommandArgs(
    args,
    { ...NODE, ...TRUST, ...LANGUAGE, values: { type: 'boolean' } },
    ['folder'],
  );
  const language = languageOf(values.lang, surroundings.env);
  const node = nodeFile(values.node, surroundings);
  const checked = await checkManifest(positionals[0] as string, values.trust, surroundings);
  const refuse = (refusal: Refusal): number => {
    surroundings.out(refusedText(refusal, language));
    return 1;
  };
  if ('refused' in checked) return refuse(checked);
  const { folder, own, manifest } = checked;
  // What is dropped here must be there: a snapshot that cannot be read is no reason to drop anything.
  try {
    await readChunks(folder, manifest, portableHashing);
  } catch (error) {
    return refuse(defectOf(error, own));
  }
  const files = await withSentences(async () => {
    const place = await placeOfChain(node, own);
    const store = await (await nodeRoom()).openStoppedStore(place);
    try {
      return await store.prune(manifest.height, values.values === true);
    } catch (error) {
      if (error instanceof RangeError) throw new CommandStopped(`Nothing was dropped: ${error.message}.`);
      throw error;
    } finally {
      await store.close();
    }
  });
  surroundings.out(`${SNAPSHOT_TEXTS[language].pruned(manifest.height, files)}\n`);
  return 0;
}
