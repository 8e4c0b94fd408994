import { type Body, decodeBody, decodeTransaction } from '@waymark/ledger/chain';
import { readObject } from '@waymark/provenance/domain';
import { bodyKinds } from '@waymark/provenance/module';
import { hashing } from '../../../chain/genesis.js';
import { unpackBodies } from '../../../chain/submission/stored-bodies.js';
import type { BodyOrigin, RefusedEvent } from '../entities/capture-job.entity.js';
import { eventFacts } from './event-facts.js';

/** Bodies that wait to be signed, as a capture job holds them. Empty once they are signed. */
export const storedBodies = (packed: Buffer): readonly Body[] =>
  unpackBodies(packed).flatMap((body) => {
    const decoded = decodeBody(body);
    return decoded.ok ? [decoded.value] : [];
  });

/** Bodies of a signed transaction, as the outbox holds it. */
export const signedBodies = (bytes: Uint8Array): readonly Body[] => {
  const transaction = decodeTransaction(hashing, bytes);
  return transaction.ok ? transaction.value.bodies : [];
};

/** What the events among these bodies are, each with its place in the document. `origins`: one for each body. */
export function eventsOfBodies(bodies: readonly Body[], origins: readonly BodyOrigin[]): RefusedEvent[] {
  return bodies.flatMap(({ kind, content }, i) => {
    const index = origins[i]?.index;
    if (index === undefined || kind !== bodyKinds.event) return [];
    const event = readObject(content, content.length);
    return event.ok ? [{ index, ...eventFacts(event.value) }] : [];
  });
}
