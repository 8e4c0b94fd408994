import { describe, expect, it } from '@jest/globals';
import { decodeBody, Visibility } from '@waymark/ledger/chain';
import { epcisDocument, observation, withNames } from '../../../../../../test/support/epcis-documents.js';
import { ProblemError } from '../../../platform/errors/problem.js';
import { captureCommand } from './capture-command.js';

const options = { proceed: false, visibility: Visibility.PARTNERS, nowMs: Date.UTC(2026, 5, 1) };
const command = (document: unknown, changes: Partial<typeof options> = {}, bytesMax = 1 << 20) =>
  captureCommand(new Uint8Array(Buffer.from(JSON.stringify(document))), { ...options, ...changes }, bytesMax);
const bodies = (encoded: readonly Uint8Array[]) =>
  encoded.map((bytes) => {
    const body = decodeBody(bytes);
    if (!body.ok) throw new Error(body.refusal.code);
    return body.value;
  });
const future = { eventTime: '2027-01-01T00:00:00.000Z' };

describe('a document becomes the bodies of one transaction', () => {
  it('context first, then names, then events, each with the bytes it had in the document', () => {
    const first = observation(['urn:x:1'], { 'ex:n': 1.5 });
    const document = withNames(
      {
        ...epcisDocument(first, observation(['urn:x:2'])),
        '@context': [
          'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
          { ex: 'https://example.org/' },
        ] as never,
      },
      'Location',
      { 'urn:x:place': 'Quay' },
    );
    const made = command(document);
    expect(made.errors).toEqual([]);
    const list = bodies(made.bodies);
    expect(list.map(({ kind, context }) => `${kind} ${context}`)).toEqual([
      'epcis.context 0',
      'epcis.masterdata 1',
      'epcis.event 1',
      'epcis.event 1',
    ]);
    expect(Buffer.from(list[2]!.content).toString()).toBe(JSON.stringify(first));
    expect(new Set(list.map(({ visibility }) => visibility))).toEqual(new Set([Visibility.PARTNERS]));
    expect(made.origins.map(({ index }) => index)).toEqual([undefined, undefined, 0, 1]);
  });

  it('captures nothing when an event is at fault, or only the others when asked to proceed', () => {
    const document = epcisDocument(observation(['urn:x:1']), observation(['urn:x:2'], future));
    const rollback = command(document);
    expect(rollback.bodies).toEqual([]);
    expect(rollback.errors).toMatchObject([
      { index: 1, code: 'EPCIS_EVENT_TIME_IN_FUTURE', pointer: '/epcisBody/eventList/1/eventTime' },
    ]);
    const proceed = command(document, { proceed: true });
    expect(proceed.origins.map(({ index }) => index)).toEqual([undefined, 0]);
    expect(proceed.errors).toHaveLength(1);
  });

  it('takes an event that is less than five minutes ahead of our clock', () => {
    const at = (aheadMs: number) =>
      command(epcisDocument(observation(['urn:x:1'], { eventTime: new Date(options.nowMs + aheadMs).toISOString() })))
        .errors.length;
    expect([at(299_000), at(301_000)]).toEqual([0, 1]);
  });

  it.each([
    ['no document', { hello: 'world' }, 'invalid'],
    [
      'more than the ledger takes in one transaction',
      epcisDocument(
        observation([`urn:x:${'y'.repeat(400)}`], { certificationInfo: `https://example.org/${'z'.repeat(400)}` }),
      ),
      'too-large',
    ],
  ])('refuses %s as a whole', (_what, document, kind) => {
    let thrown: unknown;
    try {
      command(document, {}, 600);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ProblemError);
    expect((thrown as ProblemError).kind).toBe(kind);
  });
});
