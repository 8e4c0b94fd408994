import { isJsonObject } from '../../model/json.js';
import type { JsonValue } from '../../model/json.js';
import type { Problem } from '../../model/problem.js';
import { isUri } from '../formats.js';
import { pointerSegment } from '../../parse/scan.js';
import { error, warning } from '../schema-problems.js';

/** Contexts whose prefixes we know without reading them. */
const BUILT_IN_CONTEXTS =
  /^https:\/\/(ref\.gs1\.org\/standards\/epcis\/(2\.0\.\d+\/)?epcis-context\.jsonld|gs1\.github\.io\/EPCIS\/epcis-context\.jsonld)$/;
const BUILT_IN_PREFIXES = ['epcis', 'cbv', 'cbvmda', 'gs1', 'rdfs', 'owl', 'xsd', 'dcterms'];

/** The prefixes a `@context` declares, and whether it names a context that we do not read. */
export interface DeclaredPrefixes {
  names: ReadonlySet<string>;
  /** A context is named by a URL outside the built-in list: what it declares is unknown. */
  incomplete: boolean;
}

export function declaredPrefixes(...contexts: readonly (JsonValue | undefined)[]): DeclaredPrefixes {
  const names = new Set(BUILT_IN_PREFIXES);
  let incomplete = false;
  const read = (context: JsonValue | undefined) => {
    if (Array.isArray(context)) context.forEach(read);
    else if (isJsonObject(context)) Object.keys(context).forEach((name) => names.add(name));
    else if (typeof context === 'string' && !BUILT_IN_CONTEXTS.test(context)) incomplete = true;
  };
  contexts.forEach(read);
  return { names, incomplete };
}

/**
 * An extension field is named `prefix:name` with the prefix declared, or by a full URI. Where a foreign context may
 * declare the prefix it is a warning: nothing is fetched, so we cannot know.
 */
export function judgeExtensions(event: JsonValue, base: string, prefixes: DeclaredPrefixes): Problem[] {
  const problems: Problem[] = [];
  const told = new Set<string>();
  const visit = (value: JsonValue | undefined, pointer: string) => {
    if (Array.isArray(value)) value.forEach((item, i) => visit(item, `${pointer}/${i}`));
    else if (isJsonObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (name === '@context') continue;
        const here = `${pointer}/${pointerSegment(name)}`;
        const colon = name.indexOf(':');
        if (colon >= 0) judgeName(name, name.slice(0, colon), name.slice(colon + 1), here);
        visit(inner, here);
      }
    }
  };
  const judgeName = (name: string, prefix: string, local: string, pointer: string) => {
    if (!isUri(name)) {
      problems.push(
        error(
          'EPCIS_EXTENSION_NAME_INVALID',
          pointer,
          `"${name}" is no name of an extension.`,
          'Use letters, digits, "-", "_" and "." only, behind a declared prefix.',
          { name },
        ),
      );
    } else if (!prefixes.names.has(prefix) && !local.startsWith('//') && prefix !== 'urn' && !told.has(prefix)) {
      told.add(prefix);
      const say = prefixes.incomplete ? warning : error;
      problems.push(
        say(
          'EPCIS_EXTENSION_PREFIX_UNDECLARED',
          pointer,
          `The prefix "${prefix}" is not declared.`,
          `Declare it in "@context": { "${prefix}": "https://..." }.`,
          { prefix, name },
        ),
      );
    }
  };
  visit(event, base);
  return problems;
}
