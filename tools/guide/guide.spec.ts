import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

type Language = 'en' | 'zh-CN';
interface GuidePage {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}
interface Pages {
  readonly guideFolder: string;
  readonly LANGUAGES: Readonly<Record<Language, { readonly pages: string; readonly pictures: string }>>;
  readPages(language: Language): readonly GuidePage[];
  termsIn(text: string): string[];
  brokenBoldIn(text: string): string[];
  picturesIn(text: string): { alt: string; target: string }[];
  linksIn(text: string): string[];
  pictureName(target: string): string;
}
interface ProductWords {
  productTerms(language: Language): Promise<(term: string) => boolean>;
}

const here = (file: string) => new URL(file, import.meta.url).href;
const { guideFolder, LANGUAGES, readPages, termsIn, brokenBoldIn, picturesIn, linksIn, pictureName } = (await import(
  here('pages.mjs')
)) as Pages;
const { productTerms } = (await import(here('product-words.mjs'))) as ProductWords;
const { NOT_STAGED } = (await import(here('not-staged.mjs'))) as {
  NOT_STAGED: Readonly<Record<string, readonly string[]>>;
};
const languages = Object.keys(LANGUAGES) as Language[];
const PICTURES_BYTES_MAX = 6 * 1024 * 1024;
const PICTURE_BYTES_MAX = 160 * 1024;

describe('the user’s guide', () => {
  describe.each(languages)('in %s', (language) => {
    const pages = readPages(language);

    it('sets in bold only what the product says so', async () => {
      const known = await productTerms(language);
      expect(known('A term that no page ever had')).toBe(false);
      const strange = pages.flatMap(({ name, text }) =>
        termsIn(text)
          .filter((term) => !known(term))
          .map((term) => `${name}: ${term}`),
      );
      expect(strange).toEqual([language === 'en' ? 'README: bold' : 'README: 粗体']);
    });

    it('has bold that is read as bold', () => {
      expect(pages.flatMap(({ name, text }) => brokenBoldIn(text).map((term) => `${name}: ${term}`))).toEqual([]);
    });

    it('has every picture that it shows, each with words for those who do not see it, and no other', () => {
      const shown = pages.flatMap(({ file, text }) =>
        picturesIn(text).map(({ alt, target }) => ({ alt, file: path.resolve(path.dirname(file), target) })),
      );
      expect(shown.filter(({ file }) => !existsSync(file)).map(({ file }) => path.basename(file))).toEqual([]);
      expect(shown.filter(({ alt }) => alt.trim() === '')).toEqual([]);
      const { pictures } = LANGUAGES[language];
      expect(shown.map(({ file }) => file).sort()).toEqual(
        readdirSync(pictures)
          .map((name) => path.join(pictures, name))
          .sort(),
      );
    });

    it('leads nowhere that does not exist', () => {
      const dead = pages.flatMap(({ name, file, text }) =>
        linksIn(text)
          .filter((target) => !/^https?:/.test(target))
          .filter((target) => !existsSync(path.resolve(path.dirname(file), target.split('#')[0] ?? '')))
          .map((target) => `${name}: ${target}`),
      );
      expect(dead).toEqual([]);
    });
  });

  it('has the same pages, pictures and tasks in both languages', () => {
    const outline = (language: Language) =>
      readPages(language).map(({ name, text }) => ({
        name,
        pictures: picturesIn(text).map(({ target }) => pictureName(target)),
        sections: text.match(/^## /gm)?.length ?? 0,
        errors: text.match(/^\| /gm)?.length ?? 0,
      }));
    expect(outline('zh-CN')).toEqual(outline('en'));
  });

  it('keeps its pictures small', () => {
    const sizes = languages.flatMap((language) =>
      readdirSync(LANGUAGES[language].pictures).map((name) => ({
        name: `${language}/${name}`,
        bytes: statSync(path.join(LANGUAGES[language].pictures, name)).size,
      })),
    );
    expect(sizes.filter(({ bytes }) => bytes > PICTURE_BYTES_MAX)).toEqual([]);
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(PICTURES_BYTES_MAX);
  });

  it('excuses from being staged only pages that there are', () => {
    const names = readPages('en').map(({ name }) => name);
    expect(Object.keys(NOT_STAGED).filter((name) => !names.includes(name))).toEqual([]);
    expect(existsSync(guideFolder)).toBe(true);
  });
});
