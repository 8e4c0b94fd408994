/** From signed records to what the page says: the same on the server and on the phone. */
import { canonicalId, parseDigitalLinkUri, shortName } from '@waymark/epcis/gs1';
import { tellStory, type StoryRecord, type ToldStep, type ToldStory } from '@waymark/provenance/trace';
import { pageHashing } from './page-hashing.js';
import type { LocalName, PageGoods, PageStep, PageStory } from './page-story.js';

/** Names of accounts, from genesis. */
export type OrganisationNames = Readonly<Record<string, LocalName | undefined>>;

/** Undefined where no record names the item. */
export function tellPageStory(
  subject: string,
  records: readonly StoryRecord[],
  organisations: OrganisationNames,
): PageStory | undefined {
  const told = tellStory(canonicalId(subject), records, pageHashing);
  if (!told.known || told.steps.length === 0) return undefined;
  const maker = makingStep(told);
  const organisationOf = (account: string): LocalName => organisations[account] ?? { en: account, 'zh-CN': account };
  return {
    subject: told.item,
    identity: identityOf(told),
    name: nameOfItem(told, told.item, maker?.signer ?? told.steps[0]?.signer ?? ''),
    maker: maker === undefined ? undefined : organisationOf(maker.signer),
    origins: originsOf(told),
    steps: told.steps.map((step) => pageStepOf(step, told, organisationOf)),
    organisations: new Set(told.steps.flatMap(({ signer, signers }) => signers ?? [signer])).size,
  };
}

function identityOf(told: ToldStory): PageStory['identity'] {
  const link = parseDigitalLinkUri(told.item);
  if (link === undefined) return {};
  const lot = link.lot ?? lotOfUnit(told);
  return {
    ...(link.gtin === undefined ? {} : { gtin: link.gtin }),
    ...(lot === undefined ? {} : { lot }),
    ...(link.serial === undefined ? {} : { serial: link.serial }),
    ...(link.sscc === undefined ? {} : { sscc: link.sscc }),
  };
}

/** The lot that a unit was made in, as the step that made it says. */
function lotOfUnit(told: ToldStory): string | undefined {
  const gtin = parseDigitalLinkUri(told.item)?.gtin;
  for (const { itemsOut } of told.steps) {
    if (!itemsOut.some(({ item }) => item === told.item)) continue;
    for (const { item } of itemsOut) {
      const link = parseDigitalLinkUri(item);
      if (link?.gtin === gtin && link?.lot !== undefined) return link.lot;
    }
  }
  return undefined;
}

/** The step in which the item came into being; where several speak of it, the last that brought it forth. */
function makingStep(told: ToldStory): ToldStep | undefined {
  const lot = lotOfUnit(told);
  const gtin = parseDigitalLinkUri(told.item)?.gtin;
  const isIt = (item: string) => {
    const link = parseDigitalLinkUri(item);
    return item === told.item || (lot !== undefined && link?.gtin === gtin && link?.lot === lot);
  };
  return told.steps.findLast(
    ({ type, action, itemsIn, itemsOut }) =>
      (type === 'TransformationEvent' || action === 'ADD') &&
      itemsOut.some(({ item }) => isIt(item)) &&
      !itemsIn.some(({ item }) => isIt(item)),
  );
}

/** Places of the first steps: those that bring something forth out of nothing. */
function originsOf(told: ToldStory): readonly LocalName[] {
  const first = told.steps.filter(
    ({ kind, itemsIn }) => itemsIn.length === 0 && (kind === 'hatch' || kind === 'catch' || kind === 'harvest'),
  );
  const sources =
    first.length > 0
      ? first
      : told.steps.filter(
          ({ type, action, itemsIn }) => type === 'ObjectEvent' && action === 'ADD' && itemsIn.length === 0,
        );
  const names = new Map<string, LocalName>();
  for (const { place, signer } of sources) {
    const name = place === undefined ? undefined : placeName(told, place, signer);
    if (place !== undefined && name !== undefined) names.set(place, name);
  }
  return [...names.values()].slice(0, 4);
}

function pageStepOf(step: ToldStep, told: ToldStory, organisationOf: (account: string) => LocalName): PageStep {
  const goods = (items: ToldStep['itemsIn']): PageGoods[] =>
    items
      .filter(({ implied }) => !implied)
      .map(({ item, quantity, uom }) => ({
        item,
        name: nameOfItem(told, item, step.signer),
        short: shortItem(item),
        quantity,
        unit: uom,
      }));
  const goodsIn = goods(step.itemsIn);
  const goodsOut = goods(step.itemsOut);
  const isHandledOnly =
    goodsIn.length === goodsOut.length && goodsIn.every(({ item }, index) => item === goodsOut[index]?.item);
  return {
    key: `${step.record.txId}:${step.record.bodyIndex}`,
    kind: step.kind,
    milestone: step.milestone,
    timeMs: step.timeMs,
    offset: step.timeZoneOffset,
    place: step.place === undefined ? undefined : placeName(told, step.place, step.signer),
    signer: organisationOf(step.signer),
    goodsIn,
    goodsOut: isHandledOnly ? [] : goodsOut,
  };
}

/** What tells an item from others of its name: lot or serial number; else its short form. */
function shortItem(item: string): string {
  const link = parseDigitalLinkUri(item);
  return link?.serial ?? link?.lot ?? shortName(item);
}

/** The name of the item itself, else of its product: a lot and a unit are called as their GTIN is. */
function nameOfItem(told: ToldStory, item: string, signer: string): LocalName | undefined {
  const gtin = parseDigitalLinkUri(item)?.gtin;
  return (
    told.nameOf(item, signer) ?? (gtin === undefined ? undefined : told.nameOf(`https://id.gs1.org/01/${gtin}`, signer))
  );
}

function placeName(told: ToldStory, place: string, signer: string): LocalName {
  const short = shortName(place);
  return told.nameOf(place, signer) ?? { en: short, 'zh-CN': short };
}
