import type { ParsedDocument } from './parsed.js';

declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };

/** What one part may carry at most. */
export interface PartLimits {
  /** UTF-8 bytes of the part's text. */
  sizeBytesMax: number;
  eventsMax: number;
  masterDataMax: number;
}

/** A document of its own that carries some of the events of a larger one. */
export interface DocumentPart {
  text: string;
  /** Index of its first event in the whole; its events are neighbours there, in the same order. */
  firstEvent: number;
  eventCount: number;
  masterDataCount: number;
  /** Index of its first master-data element in the whole. */
  firstMasterData: number;
}

/**
 * Divides a document into parts within the limits: every event and every master-data element is in exactly one part, byte for byte as it
 * stood, in the order of the whole, with the `@context` as it stood; master data come first, because events rest on them. The
 * other members of the envelope (`schemaVersion`, `creationDate` ...) go with each part. A document within the limits is one part.
 * An element larger than a whole part gets a part of its own and is refused there.
 */
export function splitDocument(document: ParsedDocument, limits: PartLimits): DocumentPart[] {
  const decoder = new TextDecoder('utf-8');
  const envelope = envelopeOf(document, decoder.decode(document.context.bytes));
  const frameBytes = utf8Length(envelope.head) + utf8Length(envelope.tail) + 64;
  const parts: DocumentPart[] = [];
  let masterData: { type: string; text: string }[] = [];
  let events: string[] = [];
  let bytes = frameBytes;
  let firstEvent = 0;
  let firstMasterData = 0;
  const close = () => {
    parts.push({
      text: `${envelope.head}${headerOf(masterData)}"epcisBody":{"eventList":[${events.join(',\n')}]}${envelope.tail}`,
      firstEvent,
      eventCount: events.length,
      masterDataCount: masterData.length,
      firstMasterData,
    });
    firstEvent += events.length;
    firstMasterData += masterData.length;
    masterData = [];
    events = [];
    bytes = frameBytes;
  };
  for (const element of document.masterData) {
    // `bytes` of an element holds its type too, which is more than what it takes here.
    const more = element.bytes.length + 80;
    if (masterData.length > 0 && (bytes + more > limits.sizeBytesMax || masterData.length >= limits.masterDataMax))
      close();
    masterData.push({ type: element.type, text: elementText(decoder.decode(element.bytes), element.type) });
    bytes += more;
  }
  for (const event of document.events) {
    const more = event.bytes.length + 2;
    if (
      (events.length > 0 || masterData.length > 0) &&
      (bytes + more > limits.sizeBytesMax || events.length >= limits.eventsMax)
    )
      close();
    events.push(decoder.decode(event.bytes));
    bytes += more;
  }
  if (parts.length === 0 || events.length > 0 || masterData.length > 0) close();
  return parts;
}

/** Everything but events and master data; `head` is open for more members. */
function envelopeOf(document: ParsedDocument, context: string): { head: string; tail: string } {
  const members = Object.entries(document.value).filter(
    ([name]) => name !== '@context' && name !== 'epcisHeader' && name !== 'epcisBody' && name !== 'type',
  );
  const rest = members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`).join('');
  return { head: `{"@context":${context},"type":"EPCISDocument",${rest}`, tail: '}' };
}

function headerOf(elements: readonly { type: string; text: string }[]): string {
  if (elements.length === 0) return '';
  const byType = new Map<string, string[]>();
  for (const { type, text } of elements) byType.set(type, [...(byType.get(type) ?? []), text]);
  const vocabularies = [...byType].map(
    ([type, texts]) => `{"type":${JSON.stringify(type)},"vocabularyElementList":[${texts.join(',')}]}`,
  );
  return `"epcisHeader":{"epcisMasterData":{"vocabularyList":[${vocabularies.join(',')}]}},`;
}

/** The element inside `{"type":...,"element":...}`, as the parser wrote it. */
function elementText(body: string, type: string): string {
  return body.slice(`{"type":${JSON.stringify(type)},"element":`.length, -1);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
