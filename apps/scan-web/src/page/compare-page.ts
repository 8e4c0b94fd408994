/** Compares what a page shows with what it should show: all words, and every attribute of every element. */
import type { StoryDifference } from './check-item.js';
import { LIVE } from './item-page.js';

/** Parts without words of the page. */
const LEFT_OUT = 'script, style, noscript, template';
/** Parts that the script itself writes: what the server put there goes. Nothing else may call itself one. */
const WRITTEN_HERE = Object.values(LIVE)
  .map((name) => `[data-live="${name}"]`)
  .join(', ');

/** Undefined when both say the same. */
export function comparePages(shown: Element, expected: Element): StoryDifference | undefined {
  const shownSteps = stepsOf(shown);
  const expectedSteps = stepsOf(expected);
  const wrong = [...shownSteps].filter(([key, said]) => expectedSteps.get(key) !== said).map(([key]) => key);
  const [all, wanted] = [saidBy(shown), saidBy(expected)];
  if (wrong.length === 0 && all === wanted) return undefined;
  const at = firstDifference(all, wanted);
  return { steps: wrong, shown: all.slice(at, at + EXCERPT), signed: wanted.slice(at, at + EXCERPT) };
}

const EXCERPT = 60;

function stepsOf(root: Element): Map<string, string> {
  const steps = new Map<string, string>();
  for (const step of root.querySelectorAll('[data-step]')) {
    const key = step.getAttribute('data-step') ?? '';
    // Twice the same step is one too many: it cannot equal the expected one.
    steps.set(key, (steps.get(key) ?? '') + saidBy(step));
  }
  return steps;
}

/** Everything a part says: words in order, and what its elements are and carry. */
function saidBy(root: Element): string {
  const copy = root.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll(LEFT_OUT)) part.remove();
  for (const part of copy.querySelectorAll(WRITTEN_HERE)) part.replaceChildren();
  const elements = [...copy.querySelectorAll('*')].map((element) =>
    [element.localName, ...[...element.attributes].map(({ name, value }) => `${name}=${value}`).sort()].join(' '),
  );
  return [wordsIn(copy), ...elements].join('\u241f');
}

/** Words of all text nodes, one space between elements, so that moving a word into another element is seen. */
function wordsIn(node: Node): string {
  const parts: string[] = [];
  const walk = (at: Node): void => {
    for (const child of at.childNodes) {
      if (child.nodeType === TEXT_NODE) parts.push((child.textContent ?? '').replace(/\s+/g, ' ').trim());
      else walk(child);
    }
  };
  walk(node);
  return parts.filter((part) => part !== '').join(' ');
}

const TEXT_NODE = 3;

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return Math.max(0, at - 10);
}
