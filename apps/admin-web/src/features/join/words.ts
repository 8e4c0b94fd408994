import { translations } from '../../shared/index.js';
import type en from './messages.en.json';

export const useWords = translations<typeof en>('join');
