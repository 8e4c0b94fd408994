import { translations } from '../../shared/index.js';
import en from './messages.en.json' with { type: 'json' };

export const useWords = translations<typeof en>('capture');
export type Words = ReturnType<typeof useWords>['t'];
