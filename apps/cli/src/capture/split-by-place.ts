/** An EPCIS document as JSON: only what dividing it needs. */
export interface EpcisDocument {
  '@context': unknown;
  type: string;
  schemaVersion?: string;
  creationDate?: string;
  epcisHeader?: { epcisMasterData?: { vocabularyList?: Vocabulary[] } };
  epcisBody: { eventList: EpcisEventJson[] };
  [extension: string]: unknown;
}
export interface EpcisEventJson {
  type: string;
  eventTime: string;
  bizLocation?: { id: string };
  [field: string]: unknown;
}
interface Vocabulary {
  type: string;
  vocabularyElementList: { id: string; [field: string]: unknown }[];
}

/** What one company captures in one request. */
export interface CompanyDocument {
  account: string;
  document: EpcisDocument;
  /** Indexes of its events in the whole document. */
  eventIndexes: number[];
}

/**
 * Divides a document of several companies into one document per turn: events in order of `eventTime`, neighbours of one owner together, so
 * that each event is signed by the company that owns the place where it happened. Master data go with the first document of the
 * company that `ownerOfMasterData` names, or with the very first document.
 */
export function splitByPlace(
  whole: EpcisDocument,
  ownerOfPlace: (placeId: string) => string | undefined,
  ownerOfMasterData: (id: string) => string | undefined = () => undefined,
): CompanyDocument[] {
  const events = whole.epcisBody.eventList
    .map((event, index) => ({ event, index, at: Date.parse(event.eventTime) }))
    .sort((a, b) => a.at - b.at || a.index - b.index);
  const turns: CompanyDocument[] = [];
  for (const { event, index } of events) {
    const place = event.bizLocation?.id;
    const account = place === undefined ? undefined : ownerOfPlace(place);
    if (account === undefined)
      throw new Error(`nobody is known to own the place ${place ?? '(none given)'} of event ${index}`);
    let turn = turns.at(-1);
    if (turn?.account !== account) {
      const { epcisHeader: _header, epcisBody: _body, ...rest } = whole;
      turn = { account, document: { ...rest, epcisBody: { eventList: [] } }, eventIndexes: [] };
      turns.push(turn);
    }
    turn.document.epcisBody.eventList.push(event);
    turn.eventIndexes.push(index);
  }
  distribute(whole, turns, ownerOfMasterData);
  return turns;
}

function distribute(whole: EpcisDocument, turns: CompanyDocument[], ownerOf: (id: string) => string | undefined): void {
  for (const vocabulary of whole.epcisHeader?.epcisMasterData?.vocabularyList ?? []) {
    for (const element of vocabulary.vocabularyElementList) {
      const owner = ownerOf(element.id);
      const turn = turns.find((candidate) => candidate.account === owner) ?? turns[0];
      if (!turn) return;
      const header = (turn.document.epcisHeader ??= { epcisMasterData: { vocabularyList: [] } });
      const list = ((header.epcisMasterData ??= {}).vocabularyList ??= []);
      let same = list.find((other) => other.type === vocabulary.type);
      if (!same) list.push((same = { type: vocabulary.type, vocabularyElementList: [] }));
      same.vocabularyElementList.push(element);
    }
  }
}
