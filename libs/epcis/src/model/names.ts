import { canonicalId } from '../gs1/canonical-id.js';
import type { VocabularyElement } from './epcis.js';
import { isJsonObject } from './json.js';

/** What people call a product, place or party. A language that the data lacks is filled with the other. */
export interface LocalisedName {
  en: string;
  'zh-CN': string;
}

/** CBV master-data attributes that carry a name, best first (CBV 2.0, section 9). */
const NAME_ATTRIBUTES = ['name', 'descriptionShort', 'tradeItemDescription', 'vesselName'];

/** The local name of a master-data attribute in any of the three spellings in use. */
function localName(attributeId: string): string | undefined {
  return /^(?:urn:epcglobal:cbv:mda[#:]|cbvmda:)(.+)$/.exec(attributeId)?.[1];
}

function languageOf(tag: string): keyof LocalisedName | undefined {
  if (/^en(-|$)/i.test(tag)) return 'en';
  return /^zh(-|$)/i.test(tag) ? 'zh-CN' : undefined;
}

/**
 * Names by canonical identifier. Convention: the attribute `urn:epcglobal:cbv:mda#name` (for trade items also
 * `#descriptionShort`) may stand several times in one element. A plain string is English; another language is a JSON-LD
 * value object, `{ "@value": "金枪鱼罐头", "@language": "zh-CN" }`. Readers that know only strings still see the English name.
 * When two elements name the same thing, the later one wins.
 */
export function namesOf(masterData: Iterable<{ element: VocabularyElement }>): Map<string, LocalisedName> {
  const names = new Map<string, LocalisedName>();
  for (const { element } of masterData) {
    const found: Partial<Record<keyof LocalisedName, { rank: number; text: string }>> = {};
    for (const each of Array.isArray(element.attributes) ? (element.attributes as unknown[]) : []) {
      if (!isJsonObject(each)) continue;
      const { id, attribute } = each;
      const rank = typeof id === 'string' ? NAME_ATTRIBUTES.indexOf(localName(id) ?? '') : -1;
      if (rank < 0) continue;
      const [text, tag] = isJsonObject(attribute) ? [attribute['@value'], attribute['@language']] : [attribute, 'en'];
      const language = typeof tag === 'string' ? languageOf(tag) : undefined;
      if (typeof text !== 'string' || text.trim() === '' || language === undefined) continue;
      if (rank < (found[language]?.rank ?? Infinity)) found[language] = { rank, text: text.trim() };
    }
    const [en, zh] = [found.en?.text, found['zh-CN']?.text];
    const some = en ?? zh;
    if (some !== undefined) names.set(canonicalId(element.id), { en: en ?? some, 'zh-CN': zh ?? some });
  }
  return names;
}
