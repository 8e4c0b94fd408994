/** From signed records to what the page says: the same on the server and on the phone. */
import { canonicalId, companyPrefixMatches, parseDigitalLinkUri, shortName } from '@waymark/epcis/gs1';
import { itemState } from '@waymark/provenance/domain';
import { tellStory, type StoryRecord, type ToldStep, type ToldStory } from '@waymark/provenance/trace';
import { pageHashing } from './page-hashing.js';
import type { LocalName, PageGoods, PageStep, PageStory } from './page-story.js';

/** All organisations by account, from genesis. */
export type OrganisationNames = Readonly<
  Record<string, (LocalName & { readonly companyPrefixes: readonly string[] }) | undefined>
>;

/** The account whose registered company prefix an identifier carries; undefined: nobody's here. */
type OwnerOf = (id: string) => string | undefined;

/**
 * Everybody may say anything about everything on an open ledger; a page that names a product and its maker goes by those
 * who may speak for its number.
 */
function ownersAmong(organisations: OrganisationNames): OwnerOf {
  const known = new Map<string, string | undefined>();
  return (id) => {
    if (!known.has(id))
      known.set(
        id,
        Object.entries(organisations).find(([, organisation]) =>
          organisation?.companyPrefixes.some((prefix) => companyPrefixMatches(id, prefix)),
        )?.[0],
      );
    return known.get(id);
  };
}

/** Undefined where no record names the item. */
export function tellPageStory(
  subject: string,
  records: readonly StoryRecord[],
  organisations: OrganisationNames,
): PageStory | undefined {
  const told = tellStory(canonicalId(subject), records, pageHashing);
  if (!told.known || told.steps.length === 0) return undefined;
  const ownerOf = ownersAmong(organisations);
  const maker = makingStep(told, ownerOf);
  const organisationOf = (account: string): LocalName => {
    const { en, 'zh-CN': zh } = organisations[account] ?? { en: account, 'zh-CN': account };
    return { en, 'zh-CN': zh };
  };
  return {
    subject: told.item,
    identity: identityOf(told),
    name: nameOfItem(told, told.item, maker?.signer, ownerOf),
    maker: maker === undefined ? undefined : organisationOf(maker.signer),
    origins: originsOf(told, ownerOf),
    ...recallOf(told, organisationOf, ownerOf),
    steps: told.steps.map((step) => pageStepOf(step, told, organisationOf, ownerOf)),
    organisations: new Set(told.steps.flatMap(({ signer, signers }) => signers ?? [signer])).size,
  };
}

/** Whether it was recalled, by the rule that the console and the API go by too. */
function recallOf(
  told: ToldStory,
  organisationOf: (account: string) => LocalName,
  ownerOf: OwnerOf,
): Pick<PageStory, 'recall' | 'recallClaims'> {
  const standing = told.steps.filter(({ declaredInError }) => !declaredInError);
  const statements = standing.flatMap((step) => {
    const { itemsIn, itemsOut, concerns, signers, signer, destinations } = step;
    const [goesIn, comesOut] = [itemsIn, itemsOut].map((items) => items.some(({ item }) => item === told.item));
    const isOwn = goesIn === true || comesOut === true;
    if (!isOwn && !concerns.includes(told.item)) return [];
    return [
      {
        eventKey: step.eventKey,
        timeMs: step.timeMs,
        signers: signers ?? [signer],
        bringsForth:
          comesOut === true && goesIn !== true && (step.type === 'TransformationEvent' || step.action === 'ADD'),
        handsTo: destinations.flatMap((party) => ownerOf(party) ?? []),
        ...(isOwn && step.disposition !== undefined && { disposition: step.disposition }),
      },
    ];
  });
  const { state, others } = itemState(statements, ownerOf(told.item));
  const isRecall = ({ value }: { readonly value: string }) => value === 'recalled';
  const at = standing.find(({ eventKey }) => eventKey === state?.eventKey);
  return {
    recall:
      state === undefined || !isRecall(state)
        ? undefined
        : { by: organisationOf(state.signer), timeMs: state.timeMs, offset: at?.timeZoneOffset ?? '' },
    recallClaims: others.filter(isRecall).map(({ signer }) => organisationOf(signer)),
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

/** The step in which the item came into being; where several speak of it, the last that brought it forth. Where its number has an owner, only the owner's. */
function makingStep(told: ToldStory, ownerOf: OwnerOf): ToldStep | undefined {
  const owner = ownerOf(told.item);
  const lot = lotOfUnit(told);
  const gtin = parseDigitalLinkUri(told.item)?.gtin;
  const isIt = (item: string) => {
    const link = parseDigitalLinkUri(item);
    return item === told.item || (lot !== undefined && link?.gtin === gtin && link?.lot === lot);
  };
  return told.steps.findLast(
    ({ type, action, itemsIn, itemsOut, signer }) =>
      (owner === undefined || owner === signer) &&
      (type === 'TransformationEvent' || action === 'ADD') &&
      itemsOut.some(({ item }) => isIt(item)) &&
      !itemsIn.some(({ item }) => isIt(item)),
  );
}

/** Places of the first steps: those that bring something forth out of nothing, told by who may speak for it. */
function originsOf(told: ToldStory, ownerOf: OwnerOf): readonly LocalName[] {
  const trusted = told.steps.filter(({ itemsOut, signer }) =>
    itemsOut.some(({ item }) => (ownerOf(item) ?? signer) === signer),
  );
  const first = trusted.filter(
    ({ kind, itemsIn }) => itemsIn.length === 0 && (kind === 'hatch' || kind === 'catch' || kind === 'harvest'),
  );
  const sources =
    first.length > 0
      ? first
      : trusted.filter(
          ({ type, action, itemsIn }) => type === 'ObjectEvent' && action === 'ADD' && itemsIn.length === 0,
        );
  const names = new Map<string, LocalName>();
  for (const { place, signer } of sources) {
    const name = place === undefined ? undefined : placeName(told, place, signer, ownerOf);
    if (place !== undefined && name !== undefined) names.set(place, name);
  }
  return [...names.values()].slice(0, 4);
}

function pageStepOf(
  step: ToldStep,
  told: ToldStory,
  organisationOf: (account: string) => LocalName,
  ownerOf: OwnerOf,
): PageStep {
  const goods = (items: ToldStep['itemsIn']): PageGoods[] =>
    items
      .filter(({ implied }) => !implied)
      .map(({ item, quantity, uom }) => ({
        item,
        name: nameOfItem(told, item, step.signer, ownerOf),
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
    place: step.place === undefined ? undefined : placeName(told, step.place, step.signer, ownerOf),
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

/** What the owner of its number calls it, else the signer of the step; of what belongs to nobody here, whoever named it first. */
function nameOf(told: ToldStory, id: string, signer: string | undefined, ownerOf: OwnerOf): LocalName | undefined {
  const owner = ownerOf(id);
  if (owner === undefined) return told.nameOf(id, signer ?? '');
  return told.nameBy(id, owner) ?? (signer === undefined ? undefined : told.nameBy(id, signer));
}

/** The name of the item itself, else of its product: a lot and a unit are called as their GTIN is. */
function nameOfItem(
  told: ToldStory,
  item: string,
  signer: string | undefined,
  ownerOf: OwnerOf,
): LocalName | undefined {
  const gtin = parseDigitalLinkUri(item)?.gtin;
  return (
    nameOf(told, item, signer, ownerOf) ??
    (gtin === undefined ? undefined : nameOf(told, `https://id.gs1.org/01/${gtin}`, signer, ownerOf))
  );
}

function placeName(told: ToldStory, place: string, signer: string, ownerOf: OwnerOf): LocalName {
  const short = shortName(place);
  return nameOf(told, place, signer, ownerOf) ?? { en: short, 'zh-CN': short };
}
