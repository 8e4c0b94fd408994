import { translations } from '../../shared/index.js';
import type en from './messages.en.json';

export const useWords = translations<typeof en>('accounts');
export type Words = ReturnType<typeof useWords>['t'];
