import { byNamespace } from './by-namespace.js';

/** What the first page says: the shell's words, the shared ones and those of the navigation. */
export const messages = byNamespace(
  import.meta.glob<Record<string, string>>(['../messages.en.json', '../../shared/messages.en.json'], {
    eager: true,
    import: 'default',
  }),
  import.meta.glob<Record<string, string>>('../../features/*/messages.en.json', {
    eager: true,
    import: 'default',
    query: '?navigation',
  }),
);
