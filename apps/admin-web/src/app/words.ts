import { translations } from '../shared/translations.js';
import en from './messages.en.json' with { type: 'json' };

/** The messages of the shell. */
export const useShellWords = translations<typeof en>('shell');
