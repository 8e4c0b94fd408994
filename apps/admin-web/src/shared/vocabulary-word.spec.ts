import { describe, expect, it } from '@jest/globals';
import { foreignWord, standardWord } from './vocabulary-word.js';

describe('words of the trade', () => {
  it.each([
    'sellable_accessible',
    'https://ref.gs1.org/cbv/Disp-sellable_accessible',
    'urn:epcglobal:cbv:disp:sellable_accessible',
  ])('are the standard’s, in each of its spellings: %s', (value) =>
    expect(standardWord(value)).toBe('sellable_accessible'),
  );

  it('of a whole trade are read as published', () => {
    expect(standardWord('urn:gdst:bizStep:farmHarvest')).toBe('farmHarvest');
    expect(standardWord('urn:gdst:bizStep:farmHarvest:more')).toBeUndefined();
    expect(standardWord('urn:evil:gdst:bizStep:farmHarvest')).toBeUndefined();
  });

  it.each([
    ['https://evil.example/x/sellable_accessible', 'sellable accessible (evil.example)'],
    ['https://ref.gs1.org.evil.example/cbv/Disp-recalled', 'recalled (ref.gs1.org.evil.example)'],
    ['https://evil.example/?x=https://ref.gs1.org/cbv/Disp-active', 'active (evil.example)'],
    ['urn:evil:disp:active', 'urn:evil:disp:active'],
  ])('of somebody else are never read as the standard’s: %s', (value, shown) => {
    expect(standardWord(value)).toBeUndefined();
    expect(foreignWord(value)).toBe(shown);
  });

  it('that nobody has translated are read as they are written', () => {
    expect(foreignWord('cold_storage')).toBe('cold storage');
    expect(foreignWord('https://example.org/BizStep-cold_storage')).toBe('cold storage (example.org)');
  });
});
