import { translations } from '../../shared/index.js';
import type en from './messages.en.json';

export const useRegulatorWords = translations<typeof en>('regulator');
export type RegulatorWords = ReturnType<typeof useRegulatorWords>['t'];
