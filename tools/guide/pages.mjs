// What the user's guide promises, read from its pages: terms in bold, pictures, links.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap.mjs';

export const guideFolder = path.join(root, 'docs', 'guide');
/** Where the pages and pictures of a language lie. */
export const LANGUAGES = {
  en: { pages: guideFolder, pictures: path.join(guideFolder, 'pictures', 'en') },
  'zh-CN': { pages: path.join(guideFolder, 'zh-CN'), pictures: path.join(guideFolder, 'pictures', 'zh-CN') },
};

/** The pages of a language: name without ending, file, text, and the sections between headings. */
export function readPages(language) {
  const { pages } = LANGUAGES[language];
  return readdirSync(pages)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const file = path.join(pages, name);
      const text = readFileSync(file, 'utf8');
      return { name: name.slice(0, -'.md'.length), file, text, sections: text.split(/^(?=## )/m) };
    });
}

const withoutCode = (text) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

/** Terms in bold: words that stand on the screen exactly so. */
export const termsIn = (text) => [...withoutCode(text).matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, term]) => term);

/** Bold that a reader of Markdown would show as stars: a closing mark behind a punctuation and before a letter. */
export const brokenBoldIn = (text) =>
  [...withoutCode(text).matchAll(/\*\*([^*\n]+)\*\*(?=(.)?)/g)]
    .filter(([, term, next]) => /[\p{P}\p{S}]$/u.test(term) && next !== undefined && !/[\s\p{P}\p{S}]/u.test(next))
    .map(([, term]) => term);

/** Pictures with their alternative texts, and links to files, as written. */
export const picturesIn = (text) =>
  [...text.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(([, alt, target]) => ({ alt, target }));
export const linksIn = (text) => [...text.matchAll(/(?<!!)\[[^\]]*\]\(([^)]+)\)/g)].map(([, target]) => target);

/** Name of a picture without folder and ending. */
export const pictureName = (target) => path.basename(target, '.png');
