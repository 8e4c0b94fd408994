/** The bundled sample on a small chain with real keys: what the API answers about it, and its evidence, without processes. */
import { canonicalId } from '@waymark/epcis/gs1';
import { toBase64, utf8 } from '@waymark/ledger/primitives';
import type { BodyInput, Evidence } from '@waymark/ledger/chain';
import { tellStory, type StoryAnswer, type StoryRecord } from '@waymark/provenance/trace';
import { portableHashing } from '@waymark/accel/portable';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openSmallChain, type SmallChain, type SmallOrganisation } from './small-chain.js';

interface SampleEvent {
  readonly eventTime: string;
  readonly bizLocation: { readonly id: string };
}
interface SampleElement {
  readonly id: string;
}
interface SampleDocument {
  readonly '@context': unknown;
  readonly epcisHeader: {
    readonly epcisMasterData: {
      readonly vocabularyList: readonly {
        readonly type: string;
        readonly vocabularyElementList: readonly SampleElement[];
      }[];
    };
  };
  readonly epcisBody: { readonly eventList: readonly SampleEvent[] };
}
type SampleCompany = SmallOrganisation & {
  readonly places?: readonly string[];
  readonly companyPrefixes: readonly string[];
};

export interface SampleChain {
  readonly chain: SmallChain;
  /** Path of one can. */
  readonly canPath: string;
  readonly canId: string;
  /** What `GET /story` answers, for any item of the sample. */
  storyOf(id: string): StoryAnswer;
  /** What `GET /evidence` answers. */
  evidenceOf(id: string): Evidence;
}

const FOLDER = path.resolve(import.meta.dirname, '../../samples/seafood');
const readJson = <T>(name: string): T => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as T;

/**
 * Each event is a transaction of the company that owns its place, with the document's context and, in a company's first
 * one, the master data under its prefix. `nowMs`: time of the newest block.
 */
export function openSampleChain(options: { readonly name?: string; readonly nowMs: number }): SampleChain {
  const companies = readJson<SampleCompany[]>('companies.json');
  const document = readJson<SampleDocument>('seafood.jsonld');
  const { canPath } = readJson<{ canPath: string }>('scan.json');
  const { eventList } = document.epcisBody;
  const chain = openSmallChain(options.name ?? 'sample', {
    organisations: companies.map(({ account, name, role, companyPrefixes }) => ({
      account,
      name,
      ...(role === undefined ? {} : { role }),
      companyPrefixes,
    })),
    validators: [
      'processor',
      'importer',
      'fish-farm',
      companies.find(({ role }) => role === 'regulator')?.account ?? '',
    ],
    timeMs: options.nowMs - (eventList.length + 2) * 1_000,
  });
  const records: StoryRecord[] = [];
  const said = new Set<string>();
  for (const event of eventList) {
    const owner = companies.find(({ places }) => places?.includes(event.bizLocation.id));
    if (owner === undefined) throw new Error(`nobody owns ${event.bizLocation.id}`);
    const context = utf8(JSON.stringify(document['@context']));
    const masterData = said.has(owner.account) ? [] : masterDataOf(document, owner.companyPrefixes);
    said.add(owner.account);
    const bodies: BodyInput[] = [
      { kind: 'epcis.context', content: context },
      ...masterData.map((content) => ({ kind: 'epcis.masterdata', content })),
      { kind: 'epcis.event', content: utf8(JSON.stringify(event)), context: 1 },
    ];
    const [txId] = chain.append([{ sender: owner.account, bodies }]) as [string];
    bodies.forEach(({ kind, content, context: named }, bodyIndex) => {
      if (kind === 'epcis.context') return;
      records.push({
        txId,
        bodyIndex,
        height: chain.height,
        kind: kind as StoryRecord['kind'],
        sender: owner.account,
        content,
        ...(named === 1 ? { context } : {}),
      });
    });
  }
  chain.append([]);
  chain.append([], options.nowMs);

  const chosen = (id: string): StoryRecord[] => {
    const told = tellStory(canonicalId(id), records, portableHashing);
    const steps = new Set(told.steps.map(({ record }) => record));
    return records.filter((record) => steps.has(record) || (told.known && record.kind === 'epcis.masterdata'));
  };
  return {
    chain,
    canPath,
    canId: canonicalId(`https://id.gs1.org${canPath}`),
    storyOf: (id) => {
      const found = chosen(id);
      return {
        subject: canonicalId(id),
        records: found.map(({ content, context, ...record }) => ({
          ...record,
          content: toBase64(content),
          ...(context === undefined ? {} : { context: toBase64(context) }),
        })),
        organisations: Object.fromEntries(
          companies.map(({ account, name, companyPrefixes }) => [account, { ...name, companyPrefixes }]),
        ),
        truncated: false,
      };
    },
    evidenceOf: (id) => {
      const bodies: Record<string, number[]> = {};
      for (const { txId, bodyIndex } of chosen(id)) (bodies[txId] ??= []).push(bodyIndex);
      return { ...chain.evidence(Object.keys(bodies), bodies), subject: canonicalId(id) };
    },
  };
}

function masterDataOf(document: SampleDocument, prefixes: readonly string[]): Uint8Array[] {
  return document.epcisHeader.epcisMasterData.vocabularyList.flatMap(({ type, vocabularyElementList }) =>
    vocabularyElementList
      .filter(({ id }) => prefixes.some((prefix) => id.includes(`:${prefix}.`)))
      .map((element) => utf8(JSON.stringify({ type, element }))),
  );
}
