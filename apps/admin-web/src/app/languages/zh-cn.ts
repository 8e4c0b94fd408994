import { byNamespace } from './by-namespace.js';

/** What the first page says: the shell's words, the shared ones and those of the navigation. */
export const messages = byNamespace(
  import.meta.glob<Record<string, string>>(['../messages.zh-CN.json', '../../shared/messages.zh-CN.json'], {
    eager: true,
    import: 'default',
  }),
  import.meta.glob<Record<string, string>>('../../features/*/messages.zh-CN.json', {
    eager: true,
    import: 'default',
    query: '?navigation',
  }),
);
