/**
 * Written by `npm run client` from the description of the API; do not edit.
 */
export type CaptureRemarkFacts = {[key: string]: string};

/**
 * One fault or remark about a capture
 */
export interface CaptureRemark {
  type: string;
  title: string;
  /** One sentence: what is wrong */
  detail: string;
  code: string;
  /**
   * Position in the list of events, from 0; absent: the document as a whole
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  index?: number;
  /** RFC 6901 pointer into the document */
  pointer: string;
  /** One sentence: what to do */
  howToFix: string;
  facts?: CaptureRemarkFacts;
}

export interface CaptureUpload {
  /** The same for all captures of one divided document */
  id: string;
  /**
   * @minimum 1
   * @maximum 9007199254740991
   */
  part: number;
  /**
   * @minimum 1
   * @maximum 9007199254740991
   */
  parts: number;
  /**
   * Position of the first event in the divided document
   * @minimum 0
   * @maximum 9007199254740991
   */
  firstEvent: number;
}

/**
 * command: something else that was signed, such as a switch
 */
export type CaptureJobKind = typeof CaptureJobKind[keyof typeof CaptureJobKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobKind = {
  capture: 'capture',
  command: 'command',
} as const;

export type CaptureJobCaptureErrorBehaviour = typeof CaptureJobCaptureErrorBehaviour[keyof typeof CaptureJobCaptureErrorBehaviour];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobCaptureErrorBehaviour = {
  rollback: 'rollback',
  proceed: 'proceed',
} as const;

/**
 * queued: to be judged and signed; signed: on its way; final: in a block; refused: nothing of it is
 */
export type CaptureJobState = typeof CaptureJobState[keyof typeof CaptureJobState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobState = {
  queued: 'queued',
  signed: 'signed',
  final: 'final',
  refused: 'refused',
} as const;

export type CaptureJobEventsItemState = typeof CaptureJobEventsItemState[keyof typeof CaptureJobEventsItemState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobEventsItemState = {
  pending: 'pending',
  final: 'final',
  refused: 'refused',
} as const;

export type CaptureJobEventsItem = {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  index: number;
  state: CaptureJobEventsItemState;
  eventID?: string;
};

export interface CaptureJob {
  captureID: string;
  /** command: something else that was signed, such as a switch */
  kind: CaptureJobKind;
  running: boolean;
  success: boolean;
  captureErrorBehaviour: CaptureJobCaptureErrorBehaviour;
  createdAt: string;
  finishedAt?: string;
  errors: CaptureRemark[];
  /** What was captured but does not add up */
  warnings: CaptureRemark[];
  /** queued: to be judged and signed; signed: on its way; final: in a block; refused: nothing of it is */
  state: CaptureJobState;
  /** Name of the signed transaction, hex */
  txId?: string;
  /**
   * Block that carries it
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height?: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  eventCount: number;
  events: CaptureJobEventsItem[];
  label?: string;
  fileName?: string;
  upload?: CaptureUpload;
}

export type CaptureCheckRemarkSeverity = typeof CaptureCheckRemarkSeverity[keyof typeof CaptureCheckRemarkSeverity];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureCheckRemarkSeverity = {
  error: 'error',
  warning: 'warning',
} as const;

export type CaptureCheckRemarkFacts = {[key: string]: string};

/**
 * Who says so: the rules of the standard, or the judge on the ledger
 */
export type CaptureCheckRemarkBy = typeof CaptureCheckRemarkBy[keyof typeof CaptureCheckRemarkBy];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureCheckRemarkBy = {
  document: 'document',
  ledger: 'ledger',
} as const;

export interface CaptureCheckRemark {
  severity: CaptureCheckRemarkSeverity;
  code: string;
  detail: string;
  howToFix: string;
  facts: CaptureCheckRemarkFacts;
  /** Who says so: the rules of the standard, or the judge on the ledger */
  by: CaptureCheckRemarkBy;
  /** RFC 6901 pointer into the document */
  pointer: string;
  /**
   * Line in the text as sent, from 1
   * @minimum 1
   * @maximum 9007199254740991
   */
  line: number;
  /**
   * Column in that line, from 1
   * @minimum 1
   * @maximum 9007199254740991
   */
  column: number;
}

export type CaptureCheckedEventVerdict = typeof CaptureCheckedEventVerdict[keyof typeof CaptureCheckedEventVerdict];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureCheckedEventVerdict = {
  fine: 'fine',
  warning: 'warning',
  refused: 'refused',
} as const;

export interface CaptureCheckedEvent {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  index: number;
  verdict: CaptureCheckedEventVerdict;
  remarks: CaptureCheckRemark[];
  /** The judge on the ledger was asked about it */
  judged: boolean;
  type: string;
  action?: string;
  bizStep?: string;
  disposition?: string;
  eventTime?: string;
  eventTimeZoneOffset?: string;
  readPoint?: string;
  bizLocation?: string;
  /**
   * Named units, and lots or classes with a quantity
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  itemCount: number;
  /** The first of them */
  firstItem?: string;
  /** RFC 6901 pointer into the document */
  pointer: string;
  /**
   * Line in the text as sent, from 1
   * @minimum 1
   * @maximum 9007199254740991
   */
  line: number;
  /**
   * Column in that line, from 1
   * @minimum 1
   * @maximum 9007199254740991
   */
  column: number;
}

/**
 * refused: nothing can be captured; some-refused: the rest can, with "as much as possible"
 */
export type CaptureCheckVerdict = typeof CaptureCheckVerdict[keyof typeof CaptureCheckVerdict];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureCheckVerdict = {
  fine: 'fine',
  warning: 'warning',
  'some-refused': 'some-refused',
  refused: 'refused',
} as const;

export type CaptureCheckCounts = {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  fine: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  warning: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  refused: number;
};

/**
 * partly-asked: more than the judge hears at once; not-asked: no node answered. The receipt decides
 */
export type CaptureCheckLedger = typeof CaptureCheckLedger[keyof typeof CaptureCheckLedger];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureCheckLedger = {
  asked: 'asked',
  'partly-asked': 'partly-asked',
  'not-asked': 'not-asked',
} as const;

export interface CaptureCheck {
  /** refused: nothing can be captured; some-refused: the rest can, with "as much as possible" */
  verdict: CaptureCheckVerdict;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  sizeBytes: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  eventCount: number;
  counts: CaptureCheckCounts;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  masterDataCount: number;
  /** About the document as a whole */
  document: CaptureCheckRemark[];
  events: CaptureCheckedEvent[];
  /**
   * Captures that it takes, because one carries at most 1,000 events and 960 KiB
   * @minimum 1
   * @maximum 9007199254740991
   */
  parts: number;
  /** partly-asked: more than the judge hears at once; not-asked: no node answered. The receipt decides */
  ledger: CaptureCheckLedger;
}

export type KnownNameKind = typeof KnownNameKind[keyof typeof KnownNameKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const KnownNameKind = {
  product: 'product',
  place: 'place',
  party: 'party',
} as const;

export type KnownNameNames = {
  en: string;
  'zh-CN': string;
};

export interface KnownName {
  id: string;
  kind: KnownNameKind;
  names: KnownNameNames;
  /** Under a company prefix of your organisation */
  own: boolean;
}

export interface KnownNames {
  names: KnownName[];
}

export type TraceGraphNodeType = typeof TraceGraphNodeType[keyof typeof TraceGraphNodeType];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const TraceGraphNodeType = {
  item: 'item',
  process: 'process',
} as const;

export type TraceGraphNodeSide = typeof TraceGraphNodeSide[keyof typeof TraceGraphNodeSide];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const TraceGraphNodeSide = {
  start: 'start',
  upstream: 'upstream',
  downstream: 'downstream',
} as const;

/**
 * There is more than this answer shows.
 */
export type TraceGraphNodeMore = {
  up: boolean;
  down: boolean;
};

export interface TraceGraphNode {
  /** Canonical id of the thing; for an event `process:` and its name. */
  id: string;
  type: TraceGraphNodeType;
  /** Of an item: unit, lot, product, logistic, other. Of a process: the kind of step. */
  kind: string;
  shortName: string;
  product?: string;
  side: TraceGraphNodeSide;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  depth: number;
  /** When it came about, as far as the trace tells. */
  time: string;
  lastTime: string;
  /** Canonical id of the place where it came about: its lane. */
  place?: string;
  signer: string;
  quantity?: string;
  unit?: string;
  bizStep?: string;
  /** What was last said of its state (disposition). */
  state?: string;
  lastStep?: string;
  /** The record of how it came about. */
  eventKey?: string;
  /** There is more than this answer shows. */
  more: TraceGraphNodeMore;
}

export type TraceGraphLinkKind = typeof TraceGraphLinkKind[keyof typeof TraceGraphLinkKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const TraceGraphLinkKind = {
  input: 'input',
  output: 'output',
  contain: 'contain',
  member: 'member',
} as const;

export interface TraceGraphLink {
  id: string;
  from: string;
  to: string;
  kind: TraceGraphLinkKind;
  quantity?: string;
  unit?: string;
  since: string;
  /** When it ended; absent: still so, or a matter of a moment. */
  until?: string;
  eventKey: string;
}

export type TraceGraphStepSide = typeof TraceGraphStepSide[keyof typeof TraceGraphStepSide];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const TraceGraphStepSide = {
  start: 'start',
  upstream: 'upstream',
  downstream: 'downstream',
} as const;

export type TraceGraphStepDisclosure = typeof TraceGraphStepDisclosure[keyof typeof TraceGraphStepDisclosure];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const TraceGraphStepDisclosure = {
  full: 'full',
  step: 'step',
} as const;

export interface TraceGraphStep {
  step: string;
  kind: string;
  time: string;
  side: TraceGraphStepSide;
  bizStep?: string;
  disposition?: string;
  place?: string;
  signer: string;
  disclosure: TraceGraphStepDisclosure;
  eventKey?: string;
  declaredInError?: boolean;
  itemsIn?: string[];
  itemsOut?: string[];
}

export type TraceGraphDirection = typeof TraceGraphDirection[keyof typeof TraceGraphDirection];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const TraceGraphDirection = {
  both: 'both',
  up: 'up',
  down: 'down',
} as const;

export type TraceGraphNames = {[key: string]: {
  en: string;
  'zh-CN': string;
}};

export type TraceGraphOrganisations = {[key: string]: {
  en: string;
  'zh-CN': string;
}};

export interface TraceGraph {
  item: string;
  direction: TraceGraphDirection;
  nodes: TraceGraphNode[];
  links: TraceGraphLink[];
  /** Oldest first: what the timeline and the list show. */
  steps: TraceGraphStep[];
  names: TraceGraphNames;
  organisations: TraceGraphOrganisations;
  truncated: boolean;
}

/**
 * What people call it.
 */
export interface NameInLanguages {
  en: string;
  'zh-CN': string;
}

export interface NamesById {[key: string]: NameInLanguages}

export type VisibilityWord = typeof VisibilityWord[keyof typeof VisibilityWord];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const VisibilityWord = {
  public: 'public',
  partners: 'partners',
  own: 'own',
} as const;

/**
 * The record on the ledger that says so.
 */
export interface RecordReference {
  /** Names the record: the event hash, with -error for an error declaration. */
  eventKey: string;
  eventID: string;
  /** Account that signed first. */
  signer: string;
  eventTime: string;
  /** Time of its block. */
  recordTime: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height: number;
  txId: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  bodyIndex: number;
}

export type ItemKind = typeof ItemKind[keyof typeof ItemKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ItemKind = {
  unit: 'unit',
  lot: 'lot',
  product: 'product',
  logistic: 'logistic',
  other: 'other',
} as const;

export interface ItemRow {
  /** Canonical id. */
  id: string;
  shortName: string;
  kind: ItemKind;
  /** Canonical id of its product: what names are given to. */
  product?: string;
  gtin?: string;
  lot?: string;
  serial?: string;
  /** Belongs to the sample data. */
  sample: boolean;
  firstTime: string;
  lastTime: string;
  /** Account that signed what was said last. */
  signer: string;
  bizStep?: string;
  disposition?: string;
  /** Canonical id of the place where it was last said to be. */
  place?: string;
  /** The record of what was said last. */
  eventKey: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height: number;
}

export interface ItemList {
  items: ItemRow[];
  names: NamesById;
  organisations: NamesById;
  nextPageToken?: string;
}

export type ItemFactKind = typeof ItemFactKind[keyof typeof ItemFactKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ItemFactKind = {
  place: 'place',
  step: 'step',
  disposition: 'disposition',
  quantity: 'quantity',
  origin: 'origin',
} as const;

export type ItemFactLevel = typeof ItemFactLevel[keyof typeof ItemFactLevel];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ItemFactLevel = {
  received: 'received',
  final: 'final',
} as const;

export interface ItemFact {
  kind: ItemFactKind;
  value: string;
  unit?: string;
  level: ItemFactLevel;
  record: RecordReference;
}

export interface ItemContainment {
  id: string;
  since: string;
  quantity?: string;
  unit?: string;
  record: RecordReference;
}

/**
 * `step`: place, time, step and signer only.
 */
export type ItemHistoryStepDisclosure = typeof ItemHistoryStepDisclosure[keyof typeof ItemHistoryStepDisclosure];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ItemHistoryStepDisclosure = {
  full: 'full',
  step: 'step',
} as const;

export interface ItemHistoryStep {
  /** Names the step in this answer; says nothing of the record. */
  step: string;
  time: string;
  kind: string;
  bizStep?: string;
  disposition?: string;
  place?: string;
  signer: string;
  /** `step`: place, time, step and signer only. */
  disclosure: ItemHistoryStepDisclosure;
  type?: string;
  action?: string;
  declaredInError?: boolean;
  itemsIn?: string[];
  itemsOut?: string[];
  record?: RecordReference;
  visibility?: VisibilityWord;
  /** Accounts that see it in full because they signed it or are named in it. */
  readers?: string[];
  /** Signed first by the organisation that asks: it may change who sees it. */
  mine: boolean;
}

export interface ItemPage {
  id: string;
  shortName: string;
  kind: ItemKind;
  product?: string;
  gtin?: string;
  lot?: string;
  serial?: string;
  sample: boolean;
  facts: ItemFact[];
  /** What it lies in now. */
  containers: ItemContainment[];
  /** What lies in it now. */
  contents: ItemContainment[];
  contentsTruncated: boolean;
  /** Newest first. */
  history: ItemHistoryStep[];
  names: NamesById;
  organisations: NamesById;
  truncated: boolean;
}

export interface SearchHit {
  id: string;
  title: string;
  name?: NameInLanguages;
  kind?: ItemKind;
  time?: string;
  detail?: string;
}

export type SearchAnswerGroupsItemKind = typeof SearchAnswerGroupsItemKind[keyof typeof SearchAnswerGroupsItemKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const SearchAnswerGroupsItemKind = {
  items: 'items',
  products: 'products',
  places: 'places',
  parties: 'parties',
  days: 'days',
  records: 'records',
  jobs: 'jobs',
  blocks: 'blocks',
  transactions: 'transactions',
} as const;

export type SearchAnswerGroupsItem = {
  kind: SearchAnswerGroupsItemKind;
  hits: SearchHit[];
  more: boolean;
};

export interface SearchAnswer {
  query: string;
  groups: SearchAnswerGroupsItem[];
}

export interface VisibilityCommand {
  /**
   * @minItems 1
   * @maxItems 500
   */
  eventKeys: string[];
  visibility: VisibilityWord;
}

export interface VisibilityAccepted {
  /** The job to follow; absent: all of it was so already. */
  job?: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  changes: number;
}

export type LabelFactsGrain = typeof LabelFactsGrain[keyof typeof LabelFactsGrain];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const LabelFactsGrain = {
  unit: 'unit',
  lot: 'lot',
  product: 'product',
  'logistic-unit': 'logistic-unit',
  place: 'place',
  party: 'party',
  other: 'other',
} as const;

export type LabelFactsSizesItem = {
  moduleMm: number;
  sizeMm: number;
};

export interface LabelFacts {
  id: string;
  /** The GS1 Digital Link in the code */
  link: string;
  /** What people read under it */
  lines: string[];
  grain: LabelFactsGrain;
  /**
   * Squares on a side, without the quiet zone of 4
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  modules: number;
  /** Below this many scanners do not read it */
  sizeMmMin: number;
  sizes: LabelFactsSizesItem[];
}

export type RegulatorEventRecord = typeof RegulatorEventRecord[keyof typeof RegulatorEventRecord];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventRecord = {
  event: 'event',
  errorDeclaration: 'errorDeclaration',
} as const;

export type RegulatorEventVisibility = typeof RegulatorEventVisibility[keyof typeof RegulatorEventVisibility];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventVisibility = {
  public: 'public',
  partners: 'partners',
  own: 'own',
} as const;

export type RegulatorEventWarningsItem = {
  code: string;
  pointer: string;
};

export type RegulatorEventItemsItem = {
  id: string;
  role: string;
};

export interface RegulatorEvent {
  eventID: string;
  record: RegulatorEventRecord;
  type: string;
  /** @nullable */
  action: string | null;
  /** @nullable */
  step: string | null;
  /** @nullable */
  disposition: string | null;
  /** @nullable */
  place: string | null;
  /** @nullable */
  readPoint: string | null;
  eventTime: string;
  recordTime: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height: number;
  txId: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  bodyIndex: number;
  signer: string;
  witnesses: string[];
  visibility: RegulatorEventVisibility;
  withdrawn: boolean;
  warnings: RegulatorEventWarningsItem[];
  items: RegulatorEventItemsItem[];
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  itemCount: number;
}

export type RegulatorEventsNames = {[key: string]: {
  en: string;
  'zh-CN': string;
}};

export type RegulatorEventsOrganisations = {[key: string]: {
  en: string;
  'zh-CN': string;
}};

export interface RegulatorEvents {
  events: RegulatorEvent[];
  names: RegulatorEventsNames;
  organisations: RegulatorEventsOrganisations;
  /** @nullable */
  next: string | null;
}

export type RegulatorOverviewOrganisationsItemName = {
  en: string;
  'zh-CN': string;
};

export type RegulatorOverviewOrganisationsItemRole = typeof RegulatorOverviewOrganisationsItemRole[keyof typeof RegulatorOverviewOrganisationsItemRole];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorOverviewOrganisationsItemRole = {
  company: 'company',
  regulator: 'regulator',
} as const;

export type RegulatorOverviewOrganisationsItem = {
  account: string;
  name: RegulatorOverviewOrganisationsItemName;
  role: RegulatorOverviewOrganisationsItemRole;
};

export interface RegulatorOverview {
  chainId: string;
  genesisHash: string;
  trustFingerprint: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height: number;
  organisations: RegulatorOverviewOrganisationsItem[];
}

export type RangePieceFormat = typeof RangePieceFormat[keyof typeof RangePieceFormat];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RangePieceFormat = {
  'waymark-range/1': 'waymark-range/1',
} as const;

export type RangePieceHeadCertificate = {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  bitmap: number;
  signatures: string[];
};

export type RangePieceHead = {
  header: string;
  certificate: RangePieceHeadCertificate;
  historyPath?: string[];
};

export type RangePieceBlocksItem = {
  header: string;
  transactions: string[];
  receipts: string[];
  events: string[][];
};

export type RangePieceAnchorCertificate = {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  bitmap: number;
  signatures: string[];
};

export type RangePieceAnchor = {
  headers: string[];
  certificate: RangePieceAnchorCertificate;
};

export interface RangePiece {
  format: RangePieceFormat;
  chainId: string;
  genesisHash: string;
  createdAt: string;
  genesis: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  from: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  to: number;
  head: RangePieceHead;
  blocks: RangePieceBlocksItem[];
  anchor: RangePieceAnchor;
}

export type RegulatorItemRecordsItem = {
  txId: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  bodyIndex: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height: number;
  sender: string;
  kind: string;
};

export interface RegulatorItem {
  item: string;
  records: RegulatorItemRecordsItem[];
  truncated: boolean;
}

export type HealthStatus = typeof HealthStatus[keyof typeof HealthStatus];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const HealthStatus = {
  up: 'up',
} as const;

export interface Health {
  status: HealthStatus;
}

export type ProblemFacts = { [key: string]: unknown };

/**
 * With EDIT_CONFLICT: the record as it is now.
 */
export type ProblemCurrent = { [key: string]: unknown };

export type ProblemErrorsItem = { [key: string]: unknown };

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  /** Stable; decide by this. */
  code: string;
  /** What to do about it, in one sentence. */
  howToFix: string;
  /** RFC 6901 pointer into what was sent. */
  pointer?: string;
  facts?: ProblemFacts;
  /** With EDIT_CONFLICT: the record as it is now. */
  current?: ProblemCurrent;
  /** All faults, where there are several. */
  errors?: ProblemErrorsItem[];
}

export type CaptureSendBody = { [key: string]: unknown };

export type CaptureJobsParams = {
state?: CaptureJobsState;
from?: string;
to?: string;
/**
 * @minLength 1
 * @maxLength 100
 */
text?: string;
upload?: string;
/**
 * @minimum 1
 * @maximum 100
 */
perPage?: number;
/**
 * @maxLength 200
 */
nextPageToken?: string;
};

export type CaptureJobsState = typeof CaptureJobsState[keyof typeof CaptureJobsState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobsState = {
  running: 'running',
  queued: 'queued',
  signed: 'signed',
  final: 'final',
  refused: 'refused',
  remarks: 'remarks',
} as const;

export type CaptureCheckBody = { [key: string]: unknown };

export type CaptureNamesParams = {
kind: CaptureNamesKind;
/**
 * @maxLength 100
 */
text?: string;
/**
 * @maxLength 32
 */
ownedBy?: string;
};

export type CaptureNamesKind = typeof CaptureNamesKind[keyof typeof CaptureNamesKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureNamesKind = {
  product: 'product',
  place: 'place',
  party: 'party',
} as const;

export type LabelParams = {
/**
 * @minLength 1
 * @maxLength 1000
 */
id: string;
format?: LabelFormat;
/**
 * @minimum 5
 * @maximum 400
 */
sizeMm?: number;
/**
 * @minimum 72
 * @maximum 1200
 */
resolution?: number;
text?: LabelText;
};

export type LabelFormat = typeof LabelFormat[keyof typeof LabelFormat];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const LabelFormat = {
  svg: 'svg',
  png: 'png',
} as const;

export type LabelText = typeof LabelText[keyof typeof LabelText];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const LabelText = {
  true: 'true',
  false: 'false',
} as const;

export type LabelSizesParams = {
/**
 * @minLength 1
 * @maxLength 1000
 */
id: string;
};

export type TraceGraphParams = {
/**
 * @minLength 1
 * @maxLength 1000
 */
id: string;
direction?: TraceGraphDirection;
/**
 * @pattern ^\d{1,2}$
 */
depth?: string;
/**
 * @pattern ^\d{1,4}$
 */
nodes?: string;
};

export type EvidenceRecordParams = {
/**
 * @pattern ^[0-9a-f]{64}(-error)?$
 */
key: string;
};

export type EvidenceRecord200 = { [key: string]: unknown };

export type SearchParams = {
/**
 * @minLength 1
 * @maxLength 200
 */
q: string;
/**
 * @pattern ^\d{1,2}$
 */
limit?: string;
};

export type ListItemsParams = {
/**
 * @minLength 1
 * @maxLength 500
 */
kind?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
product?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
lot?: string;
/**
 * @minLength 1
 * @maxLength 100
 */
q?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
place?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
step?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
disposition?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
signer?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
from?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
to?: string;
sample?: ListItemsSample;
sort?: ListItemsSort;
perPage?: string;
nextPageToken?: string;
};

export type ListItemsSample = typeof ListItemsSample[keyof typeof ListItemsSample];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ListItemsSample = {
  with: 'with',
  without: 'without',
  only: 'only',
} as const;

export type ListItemsSort = typeof ListItemsSort[keyof typeof ListItemsSort];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ListItemsSort = {
  '-lastTime': '-lastTime',
  lastTime: 'lastTime',
  id: 'id',
  '-id': '-id',
} as const;

export type GetItemParams = {
/**
 * @minLength 1
 * @maxLength 1000
 */
id: string;
};

export type ExportItemsParams = {
/**
 * @minLength 1
 * @maxLength 500
 */
kind?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
product?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
lot?: string;
/**
 * @minLength 1
 * @maxLength 100
 */
q?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
place?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
step?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
disposition?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
signer?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
from?: string;
/**
 * @minLength 1
 * @maxLength 500
 */
to?: string;
sample?: ExportItemsSample;
sort?: ExportItemsSort;
perPage?: string;
nextPageToken?: string;
};

export type ExportItemsSample = typeof ExportItemsSample[keyof typeof ExportItemsSample];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ExportItemsSample = {
  with: 'with',
  without: 'without',
  only: 'only',
} as const;

export type ExportItemsSort = typeof ExportItemsSort[keyof typeof ExportItemsSort];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ExportItemsSort = {
  '-lastTime': '-lastTime',
  lastTime: 'lastTime',
  id: 'id',
  '-id': '-id',
} as const;

export type ExportEventsParams = {
format?: ExportEventsFormat;
/**
 * @minLength 1
 * @maxLength 1000
 */
id?: string;
direction?: ExportEventsDirection;
};

export type ExportEventsFormat = typeof ExportEventsFormat[keyof typeof ExportEventsFormat];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ExportEventsFormat = {
  jsonld: 'jsonld',
  csv: 'csv',
} as const;

export type ExportEventsDirection = typeof ExportEventsDirection[keyof typeof ExportEventsDirection];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ExportEventsDirection = {
  both: 'both',
  up: 'up',
  down: 'down',
} as const;

export type ExportEvents200One = { [key: string]: unknown };

export type RegulatorEventsParams = {
/**
 * @minLength 1
 * @maxLength 4000
 */
organisation?: string;
/**
 * @minLength 1
 * @maxLength 1000
 */
item?: string;
/**
 * @pattern ^\d{8,14}$
 */
product?: string;
/**
 * @minLength 1
 * @maxLength 200
 */
lot?: string;
/**
 * @minLength 1
 * @maxLength 200
 */
serial?: string;
/**
 * @minLength 1
 * @maxLength 1000
 */
place?: string;
/**
 * @minLength 1
 * @maxLength 4000
 */
step?: string;
/**
 * @minLength 1
 * @maxLength 4000
 */
disposition?: string;
/**
 * @minLength 1
 * @maxLength 4000
 */
type?: string;
eventFrom?: string;
eventTo?: string;
recordFrom?: string;
recordTo?: string;
/**
 * @minimum 0
 * @maximum 9007199254740991
 */
heightFrom?: number;
/**
 * @minimum 0
 * @maximum 9007199254740991
 */
heightTo?: number;
warnings?: RegulatorEventsWarnings;
withdrawn?: RegulatorEventsWithdrawn;
order?: RegulatorEventsOrder;
/**
 * @minimum 1
 * @maximum 200
 */
limit?: number;
/**
 * @maxLength 600
 */
after?: string;
};

export type RegulatorEventsWarnings = typeof RegulatorEventsWarnings[keyof typeof RegulatorEventsWarnings];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventsWarnings = {
  only: 'only',
} as const;

export type RegulatorEventsWithdrawn = typeof RegulatorEventsWithdrawn[keyof typeof RegulatorEventsWithdrawn];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventsWithdrawn = {
  only: 'only',
} as const;

export type RegulatorEventsOrder = typeof RegulatorEventsOrder[keyof typeof RegulatorEventsOrder];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventsOrder = {
  recorded: 'recorded',
  happened: 'happened',
} as const;

export type RegulatorEventsExportParams = {
/**
 * @minLength 1
 * @maxLength 4000
 */
organisation?: string;
/**
 * @minLength 1
 * @maxLength 1000
 */
item?: string;
/**
 * @pattern ^\d{8,14}$
 */
product?: string;
/**
 * @minLength 1
 * @maxLength 200
 */
lot?: string;
/**
 * @minLength 1
 * @maxLength 200
 */
serial?: string;
/**
 * @minLength 1
 * @maxLength 1000
 */
place?: string;
/**
 * @minLength 1
 * @maxLength 4000
 */
step?: string;
/**
 * @minLength 1
 * @maxLength 4000
 */
disposition?: string;
/**
 * @minLength 1
 * @maxLength 4000
 */
type?: string;
eventFrom?: string;
eventTo?: string;
recordFrom?: string;
recordTo?: string;
/**
 * @minimum 0
 * @maximum 9007199254740991
 */
heightFrom?: number;
/**
 * @minimum 0
 * @maximum 9007199254740991
 */
heightTo?: number;
warnings?: RegulatorEventsExportWarnings;
withdrawn?: RegulatorEventsExportWithdrawn;
format: RegulatorEventsExportFormat;
};

export type RegulatorEventsExportWarnings = typeof RegulatorEventsExportWarnings[keyof typeof RegulatorEventsExportWarnings];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventsExportWarnings = {
  only: 'only',
} as const;

export type RegulatorEventsExportWithdrawn = typeof RegulatorEventsExportWithdrawn[keyof typeof RegulatorEventsExportWithdrawn];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventsExportWithdrawn = {
  only: 'only',
} as const;

export type RegulatorEventsExportFormat = typeof RegulatorEventsExportFormat[keyof typeof RegulatorEventsExportFormat];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const RegulatorEventsExportFormat = {
  jsonld: 'jsonld',
  csv: 'csv',
} as const;

export type RegulatorEventsExport200One = { [key: string]: unknown };

export type RegulatorItemParams = {
/**
 * @minLength 1
 * @maxLength 1000
 */
id: string;
};

export type RegulatorEvidenceParams = {
/**
 * @minLength 1
 * @maxLength 1000
 */
id: string;
};

export type RegulatorEvidence200 = { [key: string]: unknown };

export type RegulatorBlocksEvidenceParams = {
/**
 * @minimum 1
 * @maximum 9007199254740991
 */
from: number;
/**
 * @minimum 1
 * @maximum 9007199254740991
 */
to: number;
};

export type RegulatorBlocksEvidenceFileParams = {
/**
 * @minimum 1
 * @maximum 9007199254740991
 */
from: number;
/**
 * @minimum 1
 * @maximum 9007199254740991
 */
to: number;
};

