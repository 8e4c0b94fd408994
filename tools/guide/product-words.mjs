// Every text that the console and the scan page may show, read from their message files.
import { transform } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap.mjs';

const source = path.join(root, 'apps', 'admin-web', 'src');
const messageFile = (folder, language) =>
  JSON.parse(readFileSync(path.join(source, folder, `messages.${language}.json`), 'utf8'));

/** The console's messages by namespace: `shell`, `shared`, and one for each feature. */
export function consoleMessages(language) {
  const features = readdirSync(path.join(source, 'features'));
  return {
    shell: messageFile('app', language),
    shared: messageFile('shared', language),
    ...Object.fromEntries(features.map((name) => [name, messageFile(path.join('features', name), language)])),
  };
}

/** What the scan page says; sentences that need facts are left out. */
export async function scanPageWords(language) {
  const file = path.join(root, 'apps', 'scan-web', 'src', 'page', 'words.ts');
  const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'ts', format: 'esm' });
  const { wordsOf } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
  return wordsOf(language);
}

const texts = (value) =>
  typeof value === 'string' ? [value] : typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Says whether a term stands on a screen: a message word for word, or one with facts in its places. */
export async function productTerms(language) {
  const all = [...texts(consoleMessages(language)), ...texts(await scanPageWords(language))];
  const whole = new Set(all);
  const patterns = all
    .filter((text) => text.includes('{{') && (text.replace(/\{\{\w+\}\}/g, '').match(/\p{L}/gu) ?? []).length > 1)
    .map(
      (text) =>
        new RegExp(
          `^${text
            .split(/\{\{\w+\}\}/)
            .map(literal)
            .join('.+')}$`,
          'u',
        ),
    );
  return (term) => whole.has(term) || patterns.some((pattern) => pattern.test(term));
}
