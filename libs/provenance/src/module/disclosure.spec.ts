import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromUtf8, toHex, utf8 } from '@waymark/ledger/primitives';
import { at, ProvenanceWorld, unit } from '../../../../test/support/provenance-world.js';
import { provenanceViews } from '../views/index.js';
import type { EpcisEventRow, VisibilityChangeRow } from '../views/index.js';
import { bodyKinds, stateKeys } from './index.js';

const commissioning = (serial = '1') => ({
  type: 'ObjectEvent',
  action: 'ADD',
  bizStep: 'commissioning',
  epcList: [unit('cans', serial)],
});
const hashOf = (told: { readonly content?: Record<string, unknown> }) => String(told.content?.['eventHash']);
const unknownKey = 'ab'.repeat(32);

describe('who may see a record', () => {
  it('is changed by the organisation that captured it first, as often as it likes; the last word holds', () => {
    const world = new ProvenanceWorld();
    const key = hashOf(world.event('packer', commissioning(), { visibility: 3 }));
    expect(world.disclose('packer', key, 'public')).toMatchObject({
      type: 'provenance.visibility.changed',
      content: { eventKey: key, visibility: 'public' },
    });
    const row = () => world.rows<EpcisEventRow>('epcis_event')[0];
    expect(row()).toMatchObject({ visibility: 1, captured_visibility: 3 });
    world.disclose('packer', key, 'own');
    world.disclose('packer', key, 'partners');
    expect(row()).toMatchObject({ visibility: 2, captured_visibility: 3 });
    expect(
      world
        .rows<VisibilityChangeRow>('visibility_change')
        .map(({ height, visibility, signer }) => [height, visibility, signer]),
    ).toEqual([
      [2, 1, 'packer'],
      [3, 3, 'packer'],
      [4, 2, 'packer'],
    ]);
  });

  it('is not for others to change, nor for a witness, who captured the same event later', () => {
    const world = new ProvenanceWorld();
    const shipping = { ...commissioning(), action: 'OBSERVE', bizStep: 'shipping' };
    const key = hashOf(world.event('packer', shipping, { visibility: 2 }));
    expect(world.event('maker', shipping, { visibility: 1 }).type).toBe('provenance.witnessed');
    for (const stranger of ['maker', 'stranger'])
      expect(world.disclose(stranger, key, 'public').refusal).toEqual({
        code: 'PROVENANCE_EVENT_NOT_YOURS',
        pointer: '/eventKey',
        facts: { eventKey: key, owner: 'packer', sender: stranger },
      });
    expect(world.rows<EpcisEventRow>('epcis_event')[0]).toMatchObject({ visibility: 2 });
  });

  it('is said of a record that is on the ledger: an event, or an error declaration by itself', () => {
    const world = new ProvenanceWorld();
    expect(world.disclose('packer', unknownKey, 'public').refusal).toEqual({
      code: 'PROVENANCE_EVENT_UNKNOWN',
      pointer: '/eventKey',
      facts: { eventKey: unknownKey },
    });
    const key = hashOf(world.event('packer', commissioning()));
    expect(world.disclose('packer', `${key}-error`, 'own').refusal?.code).toBe('PROVENANCE_EVENT_UNKNOWN');
    world.event('packer', { ...commissioning(), errorDeclaration: { declarationTime: at(5) } });
    world.disclose('packer', `${key}-error`, 'own');
    expect(world.rows<EpcisEventRow>('epcis_event').map(({ record, visibility }) => [record, visibility])).toEqual([
      ['event', 1],
      ['errorDeclaration', 3],
    ]);
  });

  it.each([
    [{}, '/eventKey'],
    [{ eventKey: unknownKey.toUpperCase(), visibility: 'public' }, '/eventKey'],
    [{ eventKey: `${unknownKey}-error\n`, visibility: 'public' }, '/eventKey'],
    [{ eventKey: `ni:///sha-256;${unknownKey}?ver=CBV2.0`, visibility: 'public' }, '/eventKey'],
    [{ eventKey: unknownKey }, '/visibility'],
    [{ eventKey: unknownKey, visibility: 'toString' }, '/visibility'],
    [{ eventKey: unknownKey, visibility: 1 }, '/visibility'],
  ])('is refused with the place of the fault: %j', (content, pointer) => {
    expect(new ProvenanceWorld().send('packer', content, { kind: bodyKinds.visibility }).refusal).toMatchObject({
      code: 'PROVENANCE_FIELD_INVALID',
      pointer,
    });
  });

  it('is refused where nobody can read it, or beyond its bound', () => {
    const refusalOf = (content: Uint8Array) =>
      new ProvenanceWorld().send('packer', content, { kind: bodyKinds.visibility }).refusal?.code;
    expect(refusalOf(new Uint8Array([0xff]))).toBe('PROVENANCE_BODY_MALFORMED');
    expect(refusalOf(utf8('[]'))).toBe('PROVENANCE_BODY_MALFORMED');
    expect(refusalOf(utf8(JSON.stringify({ more: 'x'.repeat(1_024) })))).toBe('PROVENANCE_BODY_TOO_LARGE');
  });

  it('stands in the state under these bytes (a change of them is a change of the protocol)', () => {
    const world = new ProvenanceWorld();
    const key = hashOf(world.event('packer', commissioning()));
    world.disclose('packer', key, 'own');
    world.disclose('packer', key, 'partners');
    const stateKey = stateKeys.visibility('event', key);
    expect(toHex(stateKey)).toBe(`7665${key}`);
    expect(fromUtf8(world.state.get(stateKey) ?? new Uint8Array())).toBe('["partners",3,2]');
    expect(toHex(stateKeys.visibility('errorDeclaration', key))).toBe(`7664${key}`);
    expect(fromUtf8(world.inputs.at(-1)?.ledgerEvent.content ?? new Uint8Array())).toBe(
      `{"eventKey":"${key}","visibility":"partners"}`,
    );
  });
});

describe('the views after a rebuild', () => {
  const step = fc.record({
    sender: fc.constantFrom('packer', 'maker'),
    serial: fc.constantFrom('1', '2'),
    act: fc.constantFrom('capture', 'declare', 'public', 'partners', 'own'),
  });

  it('show each record to the same people as before, whatever the blocks are cut into', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.integer({ min: 1, max: 7 }), (steps, atOnce) => {
        const world = new ProvenanceWorld();
        const keys = new Map<string, string>();
        const model = new Map<string, number>();
        for (const { sender, serial, act } of steps) {
          const event = { ...commissioning(serial), action: 'OBSERVE' };
          if (act === 'capture' || act === 'declare') {
            const told = world.event(
              sender,
              act === 'declare' ? { ...event, errorDeclaration: { declarationTime: at(5) } } : event,
              { visibility: sender === 'packer' ? 2 : 3 },
            );
            if (act === 'declare') continue;
            keys.set(serial, hashOf(told));
            if (told.type === 'provenance.captured') model.set(hashOf(told), sender === 'packer' ? 2 : 3);
          } else {
            const key = keys.get(serial) ?? unknownKey;
            const told = world.disclose(sender, key, act);
            if (told.refusal === undefined) model.set(key, { public: 1, partners: 2, own: 3 }[act]);
          }
        }
        const visibilities = (rows: readonly EpcisEventRow[]) =>
          rows.filter(({ record }) => record === 'event').map(({ event_key, visibility }) => [event_key, visibility]);
        expect(new Map(visibilities(world.rows('epcis_event')) as [string, number][])).toEqual(model);
        for (const view of provenanceViews) {
          if (view.table.name !== 'epcis_event' && view.table.name !== 'visibility_change') continue;
          const inputs = world.inputs.filter(({ ledgerEvent }) => view.eventTypes.includes(ledgerEvent.type));
          const keyOf = (row: object) =>
            JSON.stringify(view.table.primaryKey.map((column) => (row as Record<string, unknown>)[column]));
          const rows = new Map<string, object>();
          for (let from = 0; from < inputs.length; from += atOnce)
            for (const row of view.fold(inputs.slice(from, from + atOnce), [...rows.values()]).upserts)
              rows.set(keyOf(row), row);
          expect([...rows.values()]).toEqual(world.rows(view.table.name));
        }
      }),
      { numRuns: 60 },
    );
  });
});
