import { describe, expect, it } from '@jest/globals';
import { dayText, readDay } from './day-text.js';

describe('days as people write them', () => {
  it.each([
    ['2026-11-03', '2026-11-03'],
    ['2026/1/3', '2026-01-03'],
    [' 2026.1.3 ', '2026-01-03'],
    ['2026年11月3日', '2026-11-03'],
    ['2026 年 11 月 3 日', '2026-11-03'],
    ['Nov 3, 2026', '2026-11-03'],
    ['november 3 2026', '2026-11-03'],
    ['3 Nov 2026', '2026-11-03'],
    ['29 Feb 2028', '2028-02-29'],
  ])('%s is read', (text, day) => expect(readDay(text)).toBe(day));

  it.each(['', '2', '2026', '2026-11', '3/11/2026', '2026-02-30', '29 Feb 2026', 'Foo 3, 2026', '2026-13-01', '0'])(
    '%s is no day',
    (text) => expect(readDay(text)).toBeNull(),
  );

  it.each(['en', 'zh-CN'] as const)('what is shown in %s is read back, every day of a year', (language) => {
    for (let i = 0; i < 366; i++) {
      const day = new Date(Date.UTC(2028, 0, 1 + i)).toISOString().slice(0, 10);
      expect(readDay(dayText(day, language))).toBe(day);
    }
  });

  it('follows the language', () => {
    expect(dayText('2026-11-03', 'en')).toBe('Nov 3, 2026');
    expect(dayText('2026-11-03', 'zh-CN')).toBe('2026年11月3日');
    expect(dayText('', 'en')).toBe('');
  });
});
