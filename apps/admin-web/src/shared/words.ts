import en from './messages.en.json' with { type: 'json' };
import { translations } from './translations.js';

/** The messages of the shared parts. */
export const useSharedWords = translations<typeof en>('shared');
