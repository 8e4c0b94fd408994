import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const source = path.resolve(import.meta.dirname, '..');
const features = path.join(source, 'features');
const folders = [
  path.join(source, 'app'),
  path.join(source, 'shared'),
  ...(existsSync(features) ? readdirSync(features).map((name) => path.join(features, name)) : []),
].filter((folder) => existsSync(path.join(folder, 'messages.en.json')));

const read = (folder: string, language: string) =>
  JSON.parse(readFileSync(path.join(folder, `messages.${language}.json`), 'utf8')) as Record<string, string>;
/** Chinese has one form of plural, English two. */
const stems = (messages: Record<string, string>) =>
  [...new Set(Object.keys(messages).map((key) => key.replace(/_(zero|one|other)$/, '')))].sort();
const places = (messages: Record<string, string>, stem: string) =>
  [
    ...new Set(
      Object.entries(messages)
        .filter(([key]) => key.replace(/_(zero|one|other)$/, '') === stem)
        .flatMap(([, text]) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)),
    ),
  ].sort();

describe.each(folders.map((folder) => [path.relative(source, folder), folder] as const))(
  'the messages of %s',
  (_name, folder) => {
    const [en, zh] = [read(folder, 'en'), read(folder, 'zh-CN')];

    it('are there in both languages', () => {
      expect(stems(zh)).toEqual(stems(en));
    });

    it('have the same places for values, and none is empty', () => {
      for (const stem of stems(en)) expect([stem, places(zh, stem)]).toEqual([stem, places(en, stem)]);
      for (const [key, text] of [...Object.entries(en), ...Object.entries(zh)])
        expect([key, text.trim() === '']).toEqual([key, false]);
    });

    it('are Chinese where they should be', () => {
      const untranslated = Object.entries(zh).filter(
        ([key, text]) => en[key] === text && /[a-z]{3,} [a-z]{3,}/.test(text),
      );
      expect(untranslated).toEqual([]);
    });

    it('say the plural in both of its English forms', () => {
      // `non_sellable_other` is a disposition of the CBV: only what counts something has plurals.
      for (const [key, text] of Object.entries(en))
        if (key.endsWith('_other') && text.includes('{{count}}'))
          expect(en).toHaveProperty([key.replace(/_other$/, '_one')]);
    });
  },
);
