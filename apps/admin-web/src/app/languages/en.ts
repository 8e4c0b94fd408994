import { byNamespace } from './by-namespace.js';

export const messages = byNamespace(
  import.meta.glob<Record<string, string>>('../../**/messages.en.json', { eager: true, import: 'default' }),
);
