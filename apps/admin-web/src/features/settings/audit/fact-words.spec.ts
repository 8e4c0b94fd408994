import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import en from '../messages.en.json' with { type: 'json' };
import type { SettingsWords } from '../words.js';
import { factWords } from './fact-words.js';

const api = path.resolve(import.meta.dirname, '../../../../../api/src');
const t: SettingsWords = (key, values = {}) =>
  (en as Record<string, string>)[key]!.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

describe('the words of the audit log', () => {
  it('are there for every act that the API notes', () => {
    const acts = readdirSync(api, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .flatMap((name) => [
        ...readFileSync(path.join(api, name), 'utf8').matchAll(/\baction: '([a-z]+(?:[.-][a-z]+)+)'/g),
      ])
      .map(([, act]) => act);
    expect(acts.length).toBeGreaterThan(15);
    expect(acts.filter((act) => !Object.hasOwn(en, `action.${act}`))).toEqual([]);
  });

  it('tell facts with their values in words, and leave out what is not given', () => {
    expect(factWords(t, 'rolesBefore', ['quality', 'reader'])).toBe('Roles before: Quality, Reader');
    expect(factWords(t, 'secondFactorTakenOff', true)).toBe('Second step taken off: yes');
    expect(factWords(t, 'by', 'https://login.example')).toBe('By: https://login.example');
    expect(factWords(t, 'label', null)).toBeUndefined();
    expect(factWords(t, 'somethingNew', 3)).toBe('somethingNew: 3');
  });
});
