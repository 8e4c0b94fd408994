import { describe, expect, it } from '@jest/globals';
import { identify, isAcceptableId } from './identity.js';

const web = 'https://shop.example/01/09521234000013/10/L1/21/7';
const canonical = 'https://id.gs1.org/01/09521234000013/21/7';

describe('identities', () => {
  it('are one for an EPC URN and its canonical id, whichever is asked for first', () => {
    const urn = identify('urn:epc:id:sgtin:9521234.000001.7');
    expect(urn).toMatchObject({ id: canonical, isInstance: true, gs1: { gtin: '09521234000013', serial: '7' } });
    expect(identify(canonical)).toEqual(urn);
  });

  it.each([
    'urn:epc:id:sscc:9521234.0000000001',
    'urn:epc:class:lgtin:9521234.000001.L%2F1',
    'urn:epc:idpat:sgtin:9521234.000001.*',
    'urn:epc:id:sgln:9521234.00001.0',
    'urn:epc:id:sgln:9521234.00001.a',
    'urn:epc:id:pgln:9521234.00001',
    'urn:epc:id:grai:9521234.00001.7',
    'urn:epc:id:giai:9521234.A7',
    'urn:epc:id:gsrn:9521234.0000000001',
    'urn:epc:id:gdti:9521234.00001.7',
    'urn:epc:id:sgcn:9521234.00001.7',
    'urn:epc:id:cpi:9521234.PQ7.7',
    'urn:epc:id:itip:9521234.000001.01.02.7',
    'urn:epc:id:upui:9521234.000001.7',
    web,
  ])('%s is as little odd as its canonical id', (uri) => {
    const { id, doubt } = identify(uri);
    expect(doubt).toBeUndefined();
    expect(identify(id)).toMatchObject({ id });
    expect(identify(id).doubt).toBeUndefined();
  });

  it('keep what a Digital Link says beyond its canonical id', () => {
    expect(identify(web)).toMatchObject({ id: canonical, gs1: { lot: 'L1', serial: '7' } });
    expect(identify(canonical).gs1).not.toHaveProperty('lot');
  });

  it('take any visible text of at most 512 bytes', () => {
    for (const text of ['urn:x:1', '批号-1', 'é'.repeat(256)]) expect(isAcceptableId(text)).toBe(true);
    for (const text of ['', 'a b', 'a\u00a0b', 'a\u0085', '\u007f', 'x'.repeat(513), 'é'.repeat(257), 7])
      expect(isAcceptableId(text)).toBe(false);
  });
});
