import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isAccountName, namesAbove, skeletonOf } from './account-names.js';

describe('names of accounts', () => {
  it.each(['abc', 'fish-farm', 'a.b', 'maker.lab-2', 'x'.repeat(32), '123'])('%s is one', (name) => {
    expect(isAccountName(name)).toBe(true);
  });

  it.each(['', 'ab', 'x'.repeat(33), 'Acme', 'a--b', 'a.-b', '-abc', 'abc.', 'a_b', 'a b', 'аbc', 'café', 'abc\n'])(
    '%j is none',
    (name) => {
      expect(isAccountName(name)).toBe(false);
    },
  );

  it.each([
    ['microsoft', 'rnicrosoft'],
    ['google', 'goog1e'],
    ['google', 'g00gle'],
    ['paypal', 'paypai'],
    ['walmart', 'vvalmart'],
    ['fish-farm', 'fishfarm'],
    ['fish-farm', 'fish.farm'],
    ['salmon', '5almon'],
    ['buzz', '8u22'],
    ['cloud', 'doud'],
    ['nice-corn', 'nice-com'],
  ])('%s and %s look alike', (one, other) => {
    expect(skeletonOf(one)).toBe(skeletonOf(other));
  });

  it.each([
    ['farm', 'form'],
    ['company-1', 'company-11'],
    ['maker', 'baker'],
  ])('%s and %s do not', (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });

  it('of companies counted through never look alike', () => {
    const all = Array.from({ length: 500 }, (_, index) => skeletonOf(`company-${index}`));
    expect(new Set(all).size).toBe(500);
  });

  it('have a skeleton that does not depend on separators or on how digits are written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{3,16}$/), fc.nat(15), (name, at) => {
        const parted = `${name.slice(0, at)}-${name.slice(at)}`;
        const written = name.replaceAll('o', '0').replaceAll('l', '1').replaceAll('s', '5');
        return skeletonOf(parted) === skeletonOf(name) && skeletonOf(written) === skeletonOf(name);
      }),
    );
  });

  it('stand under those before their dots', () => {
    expect(namesAbove('acme.west.lab')).toEqual(['acme.west', 'acme']);
    expect(namesAbove('acme-west')).toEqual([]);
  });
});
