import { translations } from '../../shared/index.js';
import type en from './messages.en.json';

export const useSettingsWords = translations<typeof en>('settings');
export type SettingsWords = ReturnType<typeof useSettingsWords>['t'];
