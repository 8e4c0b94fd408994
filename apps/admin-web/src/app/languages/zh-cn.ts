import { byNamespace } from './by-namespace.js';

export const messages = byNamespace(
  import.meta.glob<Record<string, string>>('../../**/messages.zh-CN.json', { eager: true, import: 'default' }),
);
