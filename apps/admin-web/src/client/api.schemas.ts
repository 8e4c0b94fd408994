/**
 * Written by `npm run client` from the description of the API; do not edit.
 */
export type LedgerPermissionKeysItem = {
  /** Hex */
  key: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  weight: number;
};

export type LedgerPermissionAccountsItem = {
  account: string;
  permission: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  weight: number;
};

export interface LedgerPermission {
  name: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  threshold: number;
  /** The permission above it; empty for owner */
  parent: string;
  keys: LedgerPermissionKeysItem[];
  accounts: LedgerPermissionAccountsItem[];
}

export type LedgerAccountName = {
  en: string;
  'zh-CN': string;
};

export type LedgerAccountRole = typeof LedgerAccountRole[keyof typeof LedgerAccountRole];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const LedgerAccountRole = {
  company: 'company',
  regulator: 'regulator',
} as const;

export type LedgerAccountLinksItem = {
  kind: string;
  permission: string;
};

export type LedgerAccountDelegationsItem = {
  to: string;
  permission: string;
  kinds: string[];
  /** ISO 8601, UTC */
  until: string;
};

export type LedgerAccountDeposit = {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  amount: number;
  from: string;
};

/**
 * What `stateProof` of a node proves
 */
export type LedgerAccountProofKey = {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  module: number;
  key: string;
};

export interface LedgerAccount {
  account: string;
  name: LedgerAccountName;
  role: LedgerAccountRole;
  /** What its certificate says; none: it has none */
  class: string;
  permissions: LedgerPermission[];
  links: LedgerAccountLinksItem[];
  delegations: LedgerAccountDelegationsItem[];
  companyPrefixes: string[];
  deposit: LedgerAccountDeposit;
  /**
   * Credits that it may lock as deposits
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  balance: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  createdAtHeight: number;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   * @nullable
   */
  closedAtHeight: number | null;
  /**
   * Height whose state was read
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height: number;
  /** What `stateProof` of a node proves */
  proofKey: LedgerAccountProofKey;
}

export type MotionOn = {
  board?: string;
  account?: string;
  permission?: string;
};

export type MotionBodiesItem = {
  kind: string;
  /** As JSON where it is JSON, else base64 */
  content: unknown;
};

export type MotionApprovalsItem = {
  account: string;
  /** ISO 8601, UTC */
  at: string;
};

/**
 * overdue: its time is over, and nobody has cleared it away
 */
export type MotionState = typeof MotionState[keyof typeof MotionState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const MotionState = {
  open: 'open',
  overdue: 'overdue',
  executed: 'executed',
  withdrawn: 'withdrawn',
  expired: 'expired',
} as const;

export interface Motion {
  /** 16 bytes, hex */
  motion: string;
  on: MotionOn;
  title: string;
  proposer: string;
  /** What an approval names: SHA-256 of the proposal */
  digest: string;
  bodies: MotionBodiesItem[];
  approvals: MotionApprovalsItem[];
  /** overdue: its time is over, and nobody has cleared it away */
  state: MotionState;
  /** ISO 8601, UTC */
  proposedAt: string;
  /** ISO 8601, UTC */
  expiresAt: string;
  /**
   * ISO 8601, UTC
   * @nullable
   */
  closedAt: string | null;
  txId: string;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  height: number;
  /** Your organisation has a say in it */
  mine: boolean;
  /** Your organisation has approved it */
  approved: boolean;
  /**
   * Approvals that a board asks for; null: weights decide
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   * @nullable
   */
  needed: number | null;
}

export type MotionListBoardsItem = {
  board: string;
  members: string[];
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  threshold: number;
};

export interface MotionList {
  motions: Motion[];
  boards: MotionListBoardsItem[];
}

export type ProposeMotionOnAnyOf = {
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  board: string;
};

export type ProposeMotionOnAnyOfTwo = {
  /**
   * @minLength 3
   * @maxLength 32
   */
  account: string;
  /** @pattern ^[a-z][a-z0-9-]{0,31}$ */
  permission: string;
};

export type ProposeMotionOn = ProposeMotionOnAnyOf | ProposeMotionOnAnyOfTwo;

export type ProposeMotionBodiesItem = {
  /** @maxLength 64 */
  kind: string;
  /** What the body says, as JSON; it is written canonically */
  content: unknown;
};

export interface ProposeMotion {
  on: ProposeMotionOn;
  /**
   * @minLength 1
   * @maxLength 200
   */
  title: string;
  /**
   * @minItems 1
   * @maxItems 16
   */
  bodies: ProposeMotionBodiesItem[];
  /** Default: in seven days; at most 30 */
  expiresAt?: string;
}

export interface ApproveMotion {
  /**
   * The digest of the motion that you have read
   * @pattern ^[0-9a-f]{64}$
   */
  digest: string;
}

export interface RotateKey {
  /**
   * The public key that is taken out of service
   * @pattern ^[0-9a-f]{64}$
   */
  from: string;
  /**
   * The public key that takes its place in every permission of your organisation
   * @pattern ^[0-9a-f]{64}$
   */
  to: string;
  /**
   * Signature by the new key over its proof of possession, as `waymark key` prints it
   * @pattern ^[0-9a-f]{128}$
   */
  proof: string;
}

export interface LedgerTicket {
  /** `GET /epcis/capture/{job}` says what became of it */
  job: string;
  motion?: string;
}

export interface ChainBlockRow {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  height: number;
  /** @pattern ^[0-9a-f]{64}$ */
  hash: string;
  /** @pattern ^[0-9a-f]{64}$ */
  parentHash: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  view: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  viewsGivenUp: number;
  at: string;
  proposer: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  transactions: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  bytes: number;
  /** @nullable */
  signers: string[] | null;
}

export interface ChainBlocks {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  finalHeight: number;
  blocks: ChainBlockRow[];
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  before: number | null;
  committee: string[];
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  quorum: number;
}

export type ChainTransactionRowStatus = typeof ChainTransactionRowStatus[keyof typeof ChainTransactionRowStatus];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ChainTransactionRowStatus = {
  ACCEPTED: 'ACCEPTED',
  PARTIAL: 'PARTIAL',
  REFUSED: 'REFUSED',
} as const;

export type ChainTransactionRowKindsItem = {
  kind: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  count: number;
};

export interface ChainTransactionRow {
  /** @pattern ^[0-9a-f]{64}$ */
  txId: string;
  /** @nullable */
  sender: string | null;
  status: ChainTransactionRowStatus;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  bodies: number;
  kinds: ChainTransactionRowKindsItem[];
}

export interface ChainBlock {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  height: number;
  /** @pattern ^[0-9a-f]{64}$ */
  hash: string;
  /** @pattern ^[0-9a-f]{64}$ */
  parentHash: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  view: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  viewsGivenUp: number;
  at: string;
  proposer: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  transactions: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  bytes: number;
  /** @nullable */
  signers: string[] | null;
  checkedBy: string[];
  content: ChainTransactionRow[];
  more: boolean;
}

export type ChainTransactionState = typeof ChainTransactionState[keyof typeof ChainTransactionState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ChainTransactionState = {
  pending: 'pending',
  final: 'final',
} as const;

/**
 * @nullable
 */
export type ChainTransactionStatus = typeof ChainTransactionStatus[keyof typeof ChainTransactionStatus] | null;


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ChainTransactionStatus = {
  ACCEPTED: 'ACCEPTED',
  PARTIAL: 'PARTIAL',
  REFUSED: 'REFUSED',
} as const;

/**
 * @nullable
 */
export type ChainTransactionFailuresItemFacts = {[key: string]: string} | null;

export type ChainTransactionFailuresItem = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  body: number;
  code: string;
  detail: string;
  howToFix: string;
  /** @nullable */
  pointer: string | null;
  /** @nullable */
  facts: ChainTransactionFailuresItemFacts;
};

/**
 * @nullable
 */
export type ChainTransactionBodiesItemVisibility = typeof ChainTransactionBodiesItemVisibility[keyof typeof ChainTransactionBodiesItemVisibility] | null;


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ChainTransactionBodiesItemVisibility = {
  public: 'public',
  partners: 'partners',
  own: 'own',
} as const;

export type ChainTransactionBodiesItem = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  index: number;
  kind: string;
  /** @nullable */
  visibility: ChainTransactionBodiesItemVisibility;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  sizeBytes: number;
  accepted: boolean;
  readable: boolean;
  /** @nullable */
  content: string | null;
  /** @nullable */
  eventID: string | null;
  items: string[];
};

export interface ChainTransaction {
  /** @pattern ^[0-9a-f]{64}$ */
  txId: string;
  state: ChainTransactionState;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  height: number | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  txIndex: number | null;
  /** @nullable */
  at: string | null;
  /** @nullable */
  sender: string | null;
  /** @nullable */
  status: ChainTransactionStatus;
  failures: ChainTransactionFailuresItem[];
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  expiryHeight: number | null;
  /**
   * @nullable
   * @pattern ^[0-9a-f]{64}$
   */
  after: string | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  signatures: number | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  sizeBytes: number | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  bodyCount: number | null;
  bodies: ChainTransactionBodiesItem[];
  more: boolean;
  checked: boolean;
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
  /** Its state (disposition), said by who may say it: docs/protocol/provenance.md. */
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

/**
 * Where it stands on the ledger; `/evidence/record` proves it.
 */
export type TraceGraphStepRecord = {
  eventKey: string;
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
};

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
  /** Where it stands on the ledger; `/evidence/record` proves it. */
  record?: TraceGraphStepRecord;
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

/**
 * `disposition`: the state that counts; `said`: what somebody says of it who is neither the holder of its company prefix nor holds it (docs/protocol/provenance.md).
 */
export type ItemFactKind = typeof ItemFactKind[keyof typeof ItemFactKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ItemFactKind = {
  place: 'place',
  step: 'step',
  disposition: 'disposition',
  said: 'said',
  quantity: 'quantity',
  origin: 'origin',
} as const;

/**
 * `received`: by a capture of your own organisation that is not final yet; it has a job instead of a record.
 */
export type ItemFactLevel = typeof ItemFactLevel[keyof typeof ItemFactLevel];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ItemFactLevel = {
  received: 'received',
  final: 'final',
} as const;

export interface ItemFact {
  /** `disposition`: the state that counts; `said`: what somebody says of it who is neither the holder of its company prefix nor holds it (docs/protocol/provenance.md). */
  kind: ItemFactKind;
  value: string;
  unit?: string;
  /** `received`: by a capture of your own organisation that is not final yet; it has a job instead of a record. */
  level: ItemFactLevel;
  record?: RecordReference;
  job?: string;
  /** When it happened. */
  time: string;
  /** Account that says so. */
  signer: string;
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

/**
 * `signed`: on its way to the ledger in your organisation’s name.
 */
export type ItemPendingState = typeof ItemPendingState[keyof typeof ItemPendingState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ItemPendingState = {
  received: 'received',
  signed: 'signed',
} as const;

export interface ItemPending {
  /** The capture to follow. */
  job: string;
  /** `signed`: on its way to the ledger in your organisation’s name. */
  state: ItemPendingState;
  capturedAt: string;
  /** When it happened. */
  time: string;
  type: string;
  action?: string;
  bizStep?: string;
  disposition?: string;
  place?: string;
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
  /** Captures of your own organisation that name it and are not final yet, newest first. */
  pending: ItemPending[];
  /** More captures wait than were looked into. */
  pendingMore: boolean;
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

export type CaptureJobEventsPropertyItemState = typeof CaptureJobEventsPropertyItemState[keyof typeof CaptureJobEventsPropertyItemState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobEventsPropertyItemState = {
  pending: 'pending',
  final: 'final',
  refused: 'refused',
} as const;

export type CaptureJobEventsPropertyItem = {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  index: number;
  state: CaptureJobEventsPropertyItemState;
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
  events: CaptureJobEventsPropertyItem[];
  label?: string;
  fileName?: string;
  upload?: CaptureUpload;
}

export type CaptureJobEventState = typeof CaptureJobEventState[keyof typeof CaptureJobEventState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobEventState = {
  pending: 'pending',
  final: 'final',
  refused: 'refused',
} as const;

/**
 * What it is, with canonical ids and bare words of the CBV; absent: nothing of it is kept here any more
 */
export type CaptureJobEventFacts = {
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
  /** It says that an earlier event was wrong */
  errorDeclaration?: boolean;
  /** It was later said to be wrong */
  withdrawn: boolean;
};

export interface CaptureJobEvent {
  /**
   * Position in the list of events, from 0
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  index: number;
  state: CaptureJobEventState;
  eventID?: string;
  /** What it is, with canonical ids and bare words of the CBV; absent: nothing of it is kept here any more */
  facts?: CaptureJobEventFacts;
}

export interface CaptureJobEvents {
  events: CaptureJobEvent[];
  /**
   * Events of the job in this state
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  total: number;
  /**
   * `from` of the page that follows; null: this is the last
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   * @nullable
   */
  next: number | null;
  names: NamesById;
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
  /** It says that an earlier event was wrong */
  errorDeclaration?: boolean;
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

export type JoiningPeersItem = {
  /** account/node */
  name: string;
  /** host:port */
  address: string;
};

export type JoiningFullNodesItem = {
  node: string;
  /**
   * How far it says it is; null: it has not said
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   * @nullable
   */
  height: number | null;
  /** ISO 8601, UTC */
  connectedAt: string;
  /** ISO 8601, UTC */
  passExpiresAt: string;
  /** Nodes that it visits, account/node */
  seenBy: string[];
};

export interface Joining {
  chainId: string;
  /** SHA-256 of genesis.json, hex */
  genesisHash: string;
  /** Of trust.json, as people compare it: 3F2A-91C4-77B0-12DE */
  trustFingerprint: string;
  /** The organisation that asks */
  account: string;
  /**
   * Newest final block; null: no node answers
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   * @nullable
   */
  height: number | null;
  /** Where a full node calls */
  peers: JoiningPeersItem[];
  /** The addresses are of this machine only: from elsewhere they must be replaced */
  local: boolean;
  /** Full nodes of this organisation that are connected now */
  fullNodes: JoiningFullNodesItem[];
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

export type Role = typeof Role[keyof typeof Role];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const Role = {
  administrator: 'administrator',
  quality: 'quality',
  capture: 'capture',
  reader: 'reader',
  regulator: 'regulator',
  operator: 'operator',
} as const;

export type Permission = typeof Permission[keyof typeof Permission];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const Permission = {
  read: 'read',
  capture: 'capture',
  visibility: 'visibility',
  people: 'people',
  keys: 'keys',
  audit: 'audit',
  regulate: 'regulate',
  operate: 'operate',
} as const;

export type KeyScope = typeof KeyScope[keyof typeof KeyScope];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const KeyScope = {
  capture: 'capture',
  read: 'read',
  visibility: 'visibility',
  admin: 'admin',
  regulate: 'regulate',
  operate: 'operate',
} as const;

export interface LocalNames {
  en: string;
  'zh-CN': string;
}

export type OrganisationRole = typeof OrganisationRole[keyof typeof OrganisationRole];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const OrganisationRole = {
  company: 'company',
  regulator: 'regulator',
} as const;

export interface Organisation {
  account: string;
  names: LocalNames;
  role: OrganisationRole;
  companyPrefixes: string[];
}

export interface SignIn {
  /** @maxLength 254 */
  email: string;
  /**
   * @minLength 1
   * @maxLength 1000
   */
  password: string;
  /**
   * @minLength 6
   * @maxLength 40
   */
  totp?: string;
  /**
   * @minLength 1
   * @maxLength 64
   */
  organisation?: string;
}

/**
 * @nullable
 */
export type SignInWaysOidc = {
  label: string;
} | null;

export interface SignInWays {
  password: boolean;
  /** @nullable */
  oidc: SignInWaysOidc;
  totp: boolean;
}

export type OwnMembershipRole = typeof OwnMembershipRole[keyof typeof OwnMembershipRole];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const OwnMembershipRole = {
  company: 'company',
  regulator: 'regulator',
} as const;

export interface OwnMembership {
  account: string;
  name: LocalNames;
  role: OwnMembershipRole;
  roles: Role[];
  permissions: Permission[];
}

export interface SessionUser {
  id: string;
  email: string;
  name: string;
  totp: boolean;
  password: boolean;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  version: number;
}

export interface SessionFacts {
  sessionId: string;
  user: SessionUser;
  organisation: string;
  organisations: OwnMembership[];
  permissions: Permission[];
}

export interface Session {
  sessionId: string;
  user: SessionUser;
  organisation: string;
  organisations: OwnMembership[];
  permissions: Permission[];
  accessToken: string;
  expiresAt: string;
}

export interface ChooseOrganisation {
  /**
   * @minLength 1
   * @maxLength 64
   */
  organisation: string;
}

export interface RefreshSession {
  /**
   * @minLength 1
   * @maxLength 64
   */
  organisation?: string;
}

export interface ChangeAccount {
  /**
   * @minimum 1
   * @maximum 1000000000
   */
  version: number;
  /**
   * @minLength 1
   * @maxLength 120
   * @pattern ^[^\p{Cc}]*$
   */
  name: string;
}

export interface ChangePassword {
  /**
   * @minLength 1
   * @maxLength 1000
   */
  current?: string;
  /** @maxLength 1000 */
  next: string;
}

export interface OwnSession {
  id: string;
  current: boolean;
  organisation: string;
  createdAt: string;
  lastUsedAt: string;
  address: string;
  userAgent: string;
}

export interface OwnSessions {
  sessions: OwnSession[];
}

export interface EndedSessions {
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  ended: number;
}

export interface BeginTotp {
  /**
   * @minLength 1
   * @maxLength 1000
   */
  password?: string;
}

export interface TotpBegun {
  secret: string;
  uri: string;
}

export interface ConfirmTotp {
  /**
   * @minLength 6
   * @maxLength 40
   */
  code: string;
}

export interface RecoveryCodes {
  recoveryCodes: string[];
}

export interface EndTotp {
  /**
   * @minLength 1
   * @maxLength 1000
   */
  password?: string;
  /**
   * @minLength 6
   * @maxLength 40
   */
  code: string;
}

export interface Person {
  id: string;
  userId: string;
  email: string;
  name: string;
  jobTitle: string;
  roles: Role[];
  active: boolean;
  totp: boolean;
  createdAt: string;
  /** @nullable */
  lastSignInAt: string | null;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  version: number;
  changedAt: string;
  changedBy: string;
}

export interface People {
  people: Person[];
  /** @nullable */
  nextPageToken: string | null;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  total: number;
}

export interface ChangePerson {
  /**
   * @minimum 1
   * @maximum 1000000000
   */
  version: number;
  /**
   * @minItems 1
   * @maxItems 6
   */
  roles: Role[];
  /**
   * @maxLength 120
   * @pattern ^[^\p{Cc}]*$
   */
  jobTitle: string;
}

export interface VersionOnly {
  /**
   * @minimum 1
   * @maximum 1000000000
   */
  version: number;
}

export interface RoleMeaning {
  role: Role;
  permissions: Permission[];
  grantable: boolean;
}

export interface RoleMeanings {
  roles: RoleMeaning[];
  permissions: Permission[];
  scopes: KeyScope[];
}

export interface Invite {
  /** @maxLength 254 */
  email: string;
  /**
   * @minItems 1
   * @maxItems 6
   */
  roles: Role[];
  /**
   * @maxLength 120
   * @pattern ^[^\p{Cc}]*$
   */
  jobTitle?: string;
}

export type InvitationKind = typeof InvitationKind[keyof typeof InvitationKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const InvitationKind = {
  invite: 'invite',
  reset: 'reset',
} as const;

export interface Invitation {
  id: string;
  kind: InvitationKind;
  email: string;
  roles: Role[];
  jobTitle: string;
  createdAt: string;
  createdBy: string;
  expiresAt: string;
}

export interface Invitations {
  invitations: Invitation[];
}

export interface OneTimeLink {
  link: string;
  expiresAt: string;
  invitation: Invitation;
}

export interface LookInvitation {
  /** @maxLength 100 */
  token: string;
}

export type InvitationFactsKind = typeof InvitationFactsKind[keyof typeof InvitationFactsKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const InvitationFactsKind = {
  invite: 'invite',
  reset: 'reset',
} as const;

export type InvitationFactsOrganisation = {
  account: string;
  names: LocalNames;
};

export type InvitationFactsAccount = typeof InvitationFactsAccount[keyof typeof InvitationFactsAccount];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const InvitationFactsAccount = {
  new: 'new',
  existing: 'existing',
} as const;

export interface InvitationFacts {
  kind: InvitationFactsKind;
  email: string;
  organisation: InvitationFactsOrganisation;
  roles: Role[];
  account: InvitationFactsAccount;
  totp: boolean;
  expiresAt: string;
}

export interface AcceptInvitation {
  /** @maxLength 100 */
  token: string;
  /**
   * @minLength 1
   * @maxLength 120
   * @pattern ^[^\p{Cc}]*$
   */
  name?: string;
  /**
   * @minLength 1
   * @maxLength 1000
   */
  password: string;
  /**
   * @minLength 6
   * @maxLength 40
   */
  totp?: string;
}

export interface ApiKey {
  id: string;
  label: string;
  scopes: KeyScope[];
  createdAt: string;
  createdBy: string;
  /** @nullable */
  lastUsedAt: string | null;
  /** @nullable */
  revokedAt: string | null;
  revokedBy: string;
}

export interface ApiKeys {
  keys: ApiKey[];
}

export interface IssueKey {
  /**
   * @minLength 1
   * @maxLength 120
   * @pattern ^[^\p{Cc}]*$
   */
  label: string;
  /**
   * @minItems 1
   * @maxItems 6
   */
  scopes: KeyScope[];
}

export interface IssuedKey {
  key: string;
  apiKey: ApiKey;
}

export type AuditEntryActorKind = typeof AuditEntryActorKind[keyof typeof AuditEntryActorKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const AuditEntryActorKind = {
  user: 'user',
  key: 'key',
  system: 'system',
  anonymous: 'anonymous',
} as const;

export type AuditEntryActor = {
  kind: AuditEntryActorKind;
  id: string;
  label: string;
};

export type AuditEntryFacts = {[key: string]: unknown};

export interface AuditEntry {
  id: string;
  at: string;
  actor: AuditEntryActor;
  action: string;
  target: string;
  facts: AuditEntryFacts;
  address: string;
  requestId: string;
}

export interface AuditPage {
  entries: AuditEntry[];
  /** @nullable */
  nextPageToken: string | null;
}

export interface StartOidc {
  /** @maxLength 100 */
  invitation?: string;
}

export interface OidcStarted {
  location: string;
}

export interface OidcWaiting {
  email: string;
  password: boolean;
  totp: boolean;
}

export interface ConfirmOidc {
  /**
   * @minLength 1
   * @maxLength 1000
   */
  password?: string;
  /**
   * @minLength 6
   * @maxLength 40
   */
  totp?: string;
}

export interface OrganisationList {
  organisations: Organisation[];
}

export type OperatorAlarmCode = typeof OperatorAlarmCode[keyof typeof OperatorAlarmCode];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const OperatorAlarmCode = {
  NODE_SILENT: 'NODE_SILENT',
  NODE_HALTED: 'NODE_HALTED',
  NODE_QUARANTINED: 'NODE_QUARANTINED',
  NODE_CATCHING_UP: 'NODE_CATCHING_UP',
  NODE_BEHIND: 'NODE_BEHIND',
  NODE_GUARDED: 'NODE_GUARDED',
  NODE_ALONE: 'NODE_ALONE',
  NODE_HEARS_NOT_ALL: 'NODE_HEARS_NOT_ALL',
  NODE_ALARM: 'NODE_ALARM',
  DISK_FULL: 'DISK_FULL',
  DISK_LOW: 'DISK_LOW',
  CLOCK_OFF: 'CLOCK_OFF',
  CONSORTIUM_STOPPED: 'CONSORTIUM_STOPPED',
  CONSORTIUM_SLOW: 'CONSORTIUM_SLOW',
  ONE_MORE_LOSS_STOPS_IT: 'ONE_MORE_LOSS_STOPS_IT',
  VIEWS_GIVEN_UP: 'VIEWS_GIVEN_UP',
  VERSIONS_DIFFER: 'VERSIONS_DIFFER',
  STATES_DIFFER: 'STATES_DIFFER',
} as const;

export type OperatorAlarmLevel = typeof OperatorAlarmLevel[keyof typeof OperatorAlarmLevel];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const OperatorAlarmLevel = {
  problem: 'problem',
  warning: 'warning',
  note: 'note',
} as const;

export type OperatorAlarmFacts = {[key: string]: string | number};

export interface OperatorAlarm {
  code: OperatorAlarmCode;
  level: OperatorAlarmLevel;
  facts: OperatorAlarmFacts;
}

export type OperatorPeerDirection = typeof OperatorPeerDirection[keyof typeof OperatorPeerDirection];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const OperatorPeerDirection = {
  in: 'in',
  out: 'out',
} as const;

export interface OperatorPeer {
  name: string;
  connected: boolean;
  direction: OperatorPeerDirection;
  /** @nullable */
  connectedSince: string | null;
  /** @nullable */
  lastSeen: string | null;
  /** @nullable */
  roundTripMs: number | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  bytesIn: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  bytesOut: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  sessions: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  offences: number;
  /** @nullable */
  lastOffence: string | null;
}

export type OperatorImpeachmentCause = typeof OperatorImpeachmentCause[keyof typeof OperatorImpeachmentCause];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const OperatorImpeachmentCause = {
  TIMEOUT: 'TIMEOUT',
  ILLICIT: 'ILLICIT',
  FOLLOWED: 'FOLLOWED',
  OTHERS: 'OTHERS',
} as const;

export interface OperatorImpeachment {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  view: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  height: number;
  leader: string;
  cause: OperatorImpeachmentCause;
  code?: string;
  at: string;
}

/**
 * @nullable
 */
export type OperatorNodeToldQuarantine = {
  cause: string;
  since: string;
} | null;

/**
 * @nullable
 */
export type OperatorNodeToldHalted = {
  code: string;
  at: string;
} | null;

export type OperatorNodeToldFinalityItem = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  height: number;
  at: string;
  afterMs: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  transactions: number;
};

export type OperatorNodeToldMempool = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  count: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  bytes: number;
  /** @nullable */
  oldestAt: string | null;
};

export type OperatorNodeToldDisk = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  walBytes: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  blocksBytes: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  stateBytes: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  freeBytes: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  totalBytes: number;
};

/**
 * @nullable
 */
export type OperatorNodeTold = {
  runtime: string;
  startedAt: string;
  finalAt: string;
  /** @nullable */
  lastBookedAt: string | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  executedHeight: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  epoch: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  view: number;
  leader: string;
  catchingUp: boolean;
  guarded: boolean;
  /** @nullable */
  quarantine: OperatorNodeToldQuarantine;
  /** @nullable */
  halted: OperatorNodeToldHalted;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  viewsEntered: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  viewsGivenUp: number;
  impeachments: OperatorImpeachment[];
  finality: OperatorNodeToldFinalityItem[];
  peers: OperatorPeer[];
  mempool: OperatorNodeToldMempool;
  disk: OperatorNodeToldDisk;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  memoryBytes: number;
  loopDelayMs: number;
} | null;

export interface OperatorNode {
  address: string;
  account: string;
  name: string;
  /** @nullable */
  validator: boolean | null;
  answers: boolean;
  /** @nullable */
  lastSeen: string | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  finalHeight: number | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  behind: number | null;
  /** @nullable */
  version: string | null;
  /** @nullable */
  told: OperatorNodeTold;
  alarms: OperatorAlarm[];
}

export type OperatorNodesState = typeof OperatorNodesState[keyof typeof OperatorNodesState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const OperatorNodesState = {
  'keeping-up': 'keeping-up',
  slow: 'slow',
  stopped: 'stopped',
  unknown: 'unknown',
} as const;

export type OperatorNodesSignaturesItem = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  height: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  view: number;
  at: string;
  proposer: string;
  /** @nullable */
  signers: string[] | null;
};

export interface OperatorNodes {
  at: string;
  chainId: string;
  state: OperatorNodesState;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  height: number | null;
  /** @nullable */
  lastBlockAt: string | null;
  /** @nullable */
  medianFinalMs: number | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  validators: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  quorum: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  validatorsAnswering: number;
  alarms: OperatorAlarm[];
  nodes: OperatorNode[];
  signatures: OperatorNodesSignaturesItem[];
  committee: string[];
}

export interface WorkQueueFacts {
  name: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  waiting: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  active: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  delayed: number;
  /** @nullable */
  oldestAt: string | null;
  answers: boolean;
}

export type WorkBackend = typeof WorkBackend[keyof typeof WorkBackend];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const WorkBackend = {
  redis: 'redis',
  postgres: 'postgres',
} as const;

export type WorkCaptures = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  waiting: number;
  /** @nullable */
  oldestAt: string | null;
};

export type WorkTransactions = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  pending: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  refused: number;
  /** @nullable */
  oldestAt: string | null;
};

export type WorkSettled = {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  transactions: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  captures: number;
  /** @nullable */
  oldestAt: string | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  keepDays: number;
};

export interface Work {
  at: string;
  backend: WorkBackend;
  queues: WorkQueueFacts[];
  captures: WorkCaptures;
  transactions: WorkTransactions;
  settled: WorkSettled;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  deadLetters: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  workers: number;
}

export type DeadLetterKind = typeof DeadLetterKind[keyof typeof DeadLetterKind];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const DeadLetterKind = {
  capture: 'capture',
  transaction: 'transaction',
  job: 'job',
} as const;

export type DeadLetterState = typeof DeadLetterState[keyof typeof DeadLetterState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const DeadLetterState = {
  NOT_SIGNED: 'NOT_SIGNED',
  NOT_SENT: 'NOT_SENT',
  NOT_CONFIRMED: 'NOT_CONFIRMED',
  REFUSED_BY_NODES: 'REFUSED_BY_NODES',
  TO_BE_SIGNED_ANEW: 'TO_BE_SIGNED_ANEW',
  FAILED: 'FAILED',
} as const;

export interface DeadLetter {
  id: string;
  kind: DeadLetterKind;
  /** @nullable */
  organisation: string | null;
  state: DeadLetterState;
  /** @nullable */
  said: string | null;
  /** @nullable */
  queue: string | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  attempts: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  events: number | null;
  /** @nullable */
  captureId: string | null;
  /** @nullable */
  txId: string | null;
  /**
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   * @nullable
   */
  expiryHeight: number | null;
  since: string;
  /** @nullable */
  lastTriedAt: string | null;
}

export interface DeadLetters {
  letters: DeadLetter[];
  more: boolean;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  stuckAfterSeconds: number;
}

export interface RetryDeadLetters {
  /**
   * @minItems 1
   * @maxItems 100
   */
  ids: string[];
}

export interface DiscardDeadLetters {
  /**
   * @minItems 1
   * @maxItems 100
   */
  ids: string[];
  /**
   * @minLength 3
   * @maxLength 500
   */
  reason: string;
}

export type DeadLettersOutcomeOutcomesItemOutcome = typeof DeadLettersOutcomeOutcomesItemOutcome[keyof typeof DeadLettersOutcomeOutcomesItemOutcome];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const DeadLettersOutcomeOutcomesItemOutcome = {
  done: 'done',
  gone: 'gone',
} as const;

export type DeadLettersOutcomeOutcomesItem = {
  id: string;
  outcome: DeadLettersOutcomeOutcomesItemOutcome;
};

export interface DeadLettersOutcome {
  outcomes: DeadLettersOutcomeOutcomesItem[];
}

export type PurgeSettledWhat = typeof PurgeSettledWhat[keyof typeof PurgeSettledWhat];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const PurgeSettledWhat = {
  transactions: 'transactions',
  captures: 'captures',
  'failed-jobs': 'failed-jobs',
} as const;

export interface PurgeSettled {
  what: PurgeSettledWhat;
  /**
   * @minimum 1
   * @maximum 36500
   */
  olderThanDays: number;
}

export interface PurgedSettled {
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  deleted: number;
}

export type ProjectionRebuildState = typeof ProjectionRebuildState[keyof typeof ProjectionRebuildState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ProjectionRebuildState = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  cancelled: 'cancelled',
  failed: 'failed',
} as const;

export interface ProjectionRebuild {
  id: string;
  state: ProjectionRebuildState;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  height: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  targetHeight: number | null;
  cancelWanted: boolean;
  requestedBy: string;
  requestedAt: string;
  /** @nullable */
  startedAt: string | null;
  updatedAt: string;
  /** @nullable */
  finishedAt: string | null;
  /** @nullable */
  error: string | null;
}

export type ProjectionTablesItem = {
  name: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  rows: number;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  bytes: number;
};

/**
 * @nullable
 */
export type ProjectionRebuildProperty = ProjectionRebuild | null;

export interface Projection {
  name: string;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   */
  height: number;
  /** @nullable */
  updatedAt: string | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  chainHeight: number | null;
  /**
   * @minimum 0
   * @maximum 9007199254740991
   * @nullable
   */
  lag: number | null;
  tables: ProjectionTablesItem[];
  /** @nullable */
  rebuild: ProjectionRebuildProperty;
  workerRuns: boolean;
}

export interface Projections {
  projections: Projection[];
}

export type VersionsPartsItemPart = typeof VersionsPartsItemPart[keyof typeof VersionsPartsItemPart];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const VersionsPartsItemPart = {
  api: 'api',
  worker: 'worker',
  node: 'node',
  postgres: 'postgres',
  queue: 'queue',
} as const;

export type VersionsPartsItem = {
  part: VersionsPartsItemPart;
  name: string;
  /** @nullable */
  version: string | null;
  /** @nullable */
  runtime: string | null;
  /** @nullable */
  since: string | null;
  answers: boolean;
};

export interface Versions {
  product: string;
  parts: VersionsPartsItem[];
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

/**
 * `loading` and `removing` end when their capture is final; `failed`: it was refused.
 */
export type SampleStateState = typeof SampleStateState[keyof typeof SampleStateState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const SampleStateState = {
  none: 'none',
  loading: 'loading',
  loaded: 'loaded',
  removing: 'removing',
  removed: 'removed',
  failed: 'failed',
} as const;

/**
 * What to look at first.
 * @nullable
 */
export type SampleStateItems = {
  product: string;
  material: string;
  unit: string;
  container: string;
} | null;

export interface SampleState {
  /** `loading` and `removing` end when their capture is final; `failed`: it was refused. */
  state: SampleStateState;
  /** False while one stands, and where the organisation has no GS1 company prefix. */
  canLoad: boolean;
  hasPrefix: boolean;
  /**
   * What to look at first.
   * @nullable
   */
  items: SampleStateItems;
  /**
   * Events in the sample.
   * @minimum -9007199254740991
   * @maximum 9007199254740991
   */
  events: number;
  /**
   * The capture to follow.
   * @nullable
   */
  captureID: string | null;
  /** @nullable */
  loadedAt: string | null;
  /** @nullable */
  removedAt: string | null;
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

export type ListPeopleParams = {
/**
 * @minimum 1
 * @maximum 200
 */
perPage?: number;
/**
 * @maxLength 500
 */
nextPageToken?: string;
/**
 * @maxLength 200
 */
text?: string;
state?: ListPeopleState;
};

export type ListPeopleState = typeof ListPeopleState[keyof typeof ListPeopleState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ListPeopleState = {
  active: 'active',
  deactivated: 'deactivated',
  all: 'all',
} as const;

export type ListAuditParams = {
/**
 * @maxLength 200
 */
actor?: string;
/**
 * @maxLength 100
 */
action?: string;
/**
 * @maxLength 200
 */
target?: string;
from?: string;
to?: string;
/**
 * @minimum 1
 * @maximum 200
 */
perPage?: number;
/**
 * @maxLength 500
 */
nextPageToken?: string;
};

export type ExportAuditParams = {
/**
 * @maxLength 200
 */
actor?: string;
/**
 * @maxLength 100
 */
action?: string;
/**
 * @maxLength 200
 */
target?: string;
from?: string;
to?: string;
};

export type ListMotionsParams = {
state?: ListMotionsState;
};

export type ListMotionsState = typeof ListMotionsState[keyof typeof ListMotionsState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const ListMotionsState = {
  open: 'open',
  closed: 'closed',
} as const;

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

export type CaptureJobEventsParams = {
state?: CaptureJobEventsState;
/**
 * @minimum 0
 * @maximum 1000000
 */
from?: number;
/**
 * @minimum 1
 * @maximum 100
 */
perPage?: number;
};

export type CaptureJobEventsState = typeof CaptureJobEventsState[keyof typeof CaptureJobEventsState];


// eslint-disable-next-line @typescript-eslint/no-redeclare
export const CaptureJobEventsState = {
  pending: 'pending',
  final: 'final',
  refused: 'refused',
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
party?: string;
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
party?: string;
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

export type ChainBlocksParams = {
/**
 * @minimum 1
 * @maximum 100
 */
perPage?: number;
/**
 * @minimum 1
 * @maximum 9007199254740991
 */
before?: number;
};

export type ChainTrust200 = { [key: string]: unknown };

