// A Vite plugin: `messages.en.json?navigation` is the part of a feature's messages that its `index.tsx` names, i.e. what the navigation and
// Ctrl-K say of it. The first page needs no more of a feature; the rest is loaded with its first page (src/app/i18n.ts).
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const QUERY = '?navigation';
const NAMED = /\b(?:labelKey|hintKey|titleKey):\s*'([^']+)'/g;

export function navigationWords() {
  return {
    name: 'waymark-navigation-words',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const file = id.slice(0, -QUERY.length);
      const index = path.join(path.dirname(file), 'index.tsx');
      this.addWatchFile(file);
      this.addWatchFile(index);
      const named = new Set([...(await readFile(index, 'utf8')).matchAll(NAMED)].map(([, key]) => key));
      const messages = JSON.parse(await readFile(file, 'utf8'));
      const words = Object.fromEntries(Object.entries(messages).filter(([key]) => named.has(key)));
      return { code: `export default ${JSON.stringify(words)};`, moduleType: 'js', map: null };
    },
  };
}
