import { translations } from '../../shared/index.js';
import en from './messages.en.json' with { type: 'json' };

export const useItemWords = translations<typeof en>('items');
