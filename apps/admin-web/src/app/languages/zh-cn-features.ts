import { byNamespace } from './by-namespace.js';

/** All words of the features: loaded with the first page of one. */
export const messages = byNamespace(
  import.meta.glob<Record<string, string>>('../../features/*/messages.zh-CN.json', { eager: true, import: 'default' }),
);
