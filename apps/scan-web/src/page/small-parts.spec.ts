import { describe, expect, it } from '@jest/globals';
import { dateText, timeText } from './dates.js';
import { languageOf } from './language.js';
import { acceptTrust, changedTrust, type Memory } from './remembered-trust.js';
import { shortIdentifier } from './short-identifier.js';
import { wordsOf } from './words.js';

describe('dates', () => {
  const timeMs = Date.UTC(2025, 9, 24, 21, 40);
  it('are those of the place where it happened', () => {
    expect(dateText(timeMs, '+08:00', 'en')).toBe('25 October 2025');
    expect(dateText(timeMs, '-05:30', 'zh-CN')).toBe('2025年10月24日');
    expect(timeText(timeMs, '+08:00', 'en')).toBe('25 October 2025, 05:40 UTC+08:00');
    expect(timeText(timeMs, '+00:00', 'zh-CN')).toBe('2025年10月24日 21:40（UTC）');
  });
  it('fall back to UTC where the offset is none', () => {
    expect(timeText(timeMs, '', 'en')).toContain('21:40 UTC');
  });
});

describe('amounts and lists', () => {
  it('are written the reader’s way', () => {
    expect(wordsOf('en').amount('12000.5', 'KGM')).toBe('12,000.5 kg');
    expect(wordsOf('zh-CN').amount('5997', undefined)).toBe('5,997 件');
    expect(wordsOf('en').list(['A', 'B', 'C'])).toBe('A, B and C');
    expect(wordsOf('zh-CN').list(['甲', '乙', '丙'])).toBe('甲、乙和丙');
    expect(wordsOf('en').list(['A'])).toBe('A');
  });
});

it('identifiers are shortened in the middle', () => {
  expect(shortIdentifier('0123456789abcdef0123456789abcdef')).toBe('01234567…89abcdef');
  expect(shortIdentifier('C0001')).toBe('C0001');
});

it('any Chinese and any English is ours', () => {
  expect(['zh-TW', 'ZH', 'en-GB', 'fr', undefined].map(languageOf)).toEqual([
    'zh-CN',
    'zh-CN',
    'en',
    undefined,
    undefined,
  ]);
});

describe('the remembered trust root', () => {
  const memoryOf = (values: Record<string, string> = {}): Memory & { values: Record<string, string> } => ({
    values,
    getItem: (key) => values[key] ?? null,
    setItem: (key, value) => void (values[key] = value),
  });
  it('is kept at the first visit, and not noticed while it stays', () => {
    const memory = memoryOf();
    expect(changedTrust(memory, 'A')).toBeUndefined();
    expect(changedTrust(memory, 'A')).toBeUndefined();
    expect(Object.values(memory.values)).toEqual(['A']);
  });
  it('warns at every visit until the reader accepts the new one', () => {
    const memory = memoryOf();
    changedTrust(memory, 'A');
    expect([changedTrust(memory, 'B'), changedTrust(memory, 'B')]).toEqual(['A', 'A']);
    acceptTrust(memory, 'B');
    expect(changedTrust(memory, 'B')).toBeUndefined();
    expect(changedTrust(memory, 'A')).toBe('B');
  });
  it('cannot warn where the browser keeps nothing', () => {
    expect(changedTrust(undefined, 'A')).toBeUndefined();
  });
});
