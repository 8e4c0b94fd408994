import { describe, expect, it } from '@jest/globals';
import { itemState, type StateStatement } from './item-state.js';

let time = 0;
const said = (signer: string, disposition?: string, more: Partial<StateStatement> = {}): StateStatement => {
  time += 1;
  return {
    eventKey: `k${time}`,
    timeMs: time,
    signers: [signer],
    bringsForth: false,
    handsTo: [],
    ...(disposition !== undefined && { disposition }),
    ...more,
  };
};
const told = (statements: readonly StateStatement[], prefixHolder?: string) => {
  const { state, others } = itemState(statements, prefixHolder);
  return [state && `${state.signer} ${state.value}`, others.map(({ signer, value }) => `${signer} ${value}`)];
};
const handed = (from: string, to: string) => said(from, 'in_transit', { handsTo: [to] });

describe('the state of an item', () => {
  it('is what the maker and then the holder say last', () => {
    const early = said('shop', 'sellable_accessible');
    const made = said('maker', 'active', { bringsForth: true });
    const sent = handed('maker', 'shop');
    expect(told([made], 'maker')).toEqual(['maker active', []]);
    expect(told([early, made, sent], 'maker')).toEqual(['maker in_transit', ['shop sellable_accessible']]);
    expect(told([sent, said('shop', 'sellable_accessible'), made], 'maker')).toEqual(['shop sellable_accessible', []]);
  });

  it('is not what somebody else says: neither an earlier holder nor a stranger recalls it', () => {
    const chain = [handed('maker', 'factory'), handed('factory', 'shop'), said('shop', 'sellable_accessible')];
    expect(told([...chain, said('factory', 'recalled'), said('stranger', 'recalled')], 'maker')).toEqual([
      'shop sellable_accessible',
      ['stranger recalled', 'factory recalled'],
    ]);
    // Nor does one make oneself the holder.
    expect(told([...chain, handed('stranger', 'stranger'), said('stranger', 'damaged')], 'maker')[0]).toBe(
      'shop sellable_accessible',
    );
  });

  it('stays recalled by the maker until the maker says otherwise', () => {
    const chain = [handed('maker', 'shop'), said('maker', 'recalled')];
    const on = [...chain, said('shop', 'sellable_accessible'), said('stranger', 'active')];
    expect(told(on, 'maker')).toEqual(['maker recalled', ['stranger active', 'shop sellable_accessible']]);
    expect(told([...on, said('maker', 'conformant'), said('shop', 'sellable_accessible')], 'maker')[0]).toBe(
      'shop sellable_accessible',
    );
  });

  it('recalled by a holder who is not the maker is a state like another', () => {
    expect(told([handed('maker', 'shop'), said('shop', 'recalled'), said('maker', 'active')], 'maker')[0]).toBe(
      'maker active',
    );
  });

  it('of what carries nobody’s prefix begins with who brought it forth', () => {
    const chain = [
      said('stranger', 'recalled'),
      said('maker', 'active', { bringsForth: true }),
      said('late', 'destroyed', { bringsForth: true }),
    ];
    expect(told(chain)).toEqual(['maker active', ['late destroyed', 'stranger recalled']]);
    expect(told([said('stranger', 'recalled')])).toEqual([undefined, ['stranger recalled']]);
  });

  it('is said by the entitled one of several who signed the same', () => {
    expect(told([said('x', 'recalled', { signers: ['stranger', 'maker'] })], 'maker')).toEqual(['maker recalled', []]);
  });
});
