import type { JsonValue } from './json.js';

/** EPCIS 2.0 (ISO/IEC 19987:2024) and CBV 2.0 in their JSON/JSON-LD binding. Fields are spelled as in the standard. */

export type EpcisEventType =
  'ObjectEvent' | 'AggregationEvent' | 'TransactionEvent' | 'TransformationEvent' | 'AssociationEvent';
/** EPCIS 2.0, 7.3.2: lifecycle of what an event speaks of. */
export type Action = 'ADD' | 'OBSERVE' | 'DELETE';

/** A URI (absolute), or a bare CBV word where the standard allows one. */
export type Uri = string;
/** Extension fields: a name `prefix:local` under a prefix that `@context` declares. */
export type Extensions = Record<`${string}:${string}`, JsonValue | undefined>;

export interface QuantityElement {
  epcClass: Uri;
  /** Absent: quantity not known. */
  quantity?: number;
  /** UN/CEFACT Recommendation 20 code; absent: a count of instances. */
  uom?: string;
}

export interface ReadPoint {
  id: Uri;
}
export interface BizLocation {
  id: Uri;
}
export interface BizTransaction {
  type?: string;
  bizTransaction: Uri;
}
export interface Source {
  type: string;
  source: Uri;
}
export interface Destination {
  type: string;
  destination: Uri;
}
export interface PersistentDisposition {
  set?: string[];
  unset?: string[];
}
export interface ErrorDeclaration {
  declarationTime: string;
  reason?: string;
  correctiveEventIDs?: Uri[];
}

export interface SensorMetadata {
  time?: string;
  startTime?: string;
  endTime?: string;
  deviceID?: Uri;
  deviceMetadata?: Uri;
  rawData?: Uri;
  dataProcessingMethod?: Uri;
  bizRules?: Uri;
}
export interface SensorReport {
  type: string;
  exception?: string;
  deviceID?: Uri;
  deviceMetadata?: Uri;
  rawData?: Uri;
  dataProcessingMethod?: Uri;
  bizRules?: Uri;
  time?: string;
  microorganism?: Uri;
  chemicalSubstance?: Uri;
  coordinateReferenceSystem?: Uri;
  value?: number;
  component?: string;
  stringValue?: string;
  booleanValue?: boolean;
  hexBinaryValue?: string;
  uriValue?: Uri;
  minValue?: number;
  maxValue?: number;
  meanValue?: number;
  sDev?: number;
  percRank?: number;
  percValue?: number;
  uom?: string;
}
export interface SensorElement {
  sensorMetadata?: SensorMetadata;
  sensorReport: SensorReport[];
}

interface EventBase {
  '@context'?: JsonValue;
  /** ISO 8601 with a zone. */
  eventTime: string;
  recordTime?: string;
  /** `+hh:mm` or `-hh:mm`, up to 14:00. */
  eventTimeZoneOffset: string;
  eventID?: Uri;
  certificationInfo?: Uri | Uri[];
  errorDeclaration?: ErrorDeclaration;
  bizStep?: string;
  disposition?: string;
  readPoint?: ReadPoint;
  bizLocation?: BizLocation;
  bizTransactionList?: BizTransaction[];
  sourceList?: Source[];
  destinationList?: Destination[];
  sensorElementList?: SensorElement[];
}

export interface ObjectEvent extends EventBase {
  type: 'ObjectEvent';
  action: Action;
  epcList?: Uri[];
  quantityList?: QuantityElement[];
  persistentDisposition?: PersistentDisposition;
  ilmd?: Extensions;
}
export interface AggregationEvent extends EventBase {
  type: 'AggregationEvent';
  action: Action;
  parentID?: Uri;
  childEPCs?: Uri[];
  childQuantityList?: QuantityElement[];
}
export interface TransactionEvent extends EventBase {
  type: 'TransactionEvent';
  action: Action;
  bizTransactionList: BizTransaction[];
  parentID?: Uri;
  epcList?: Uri[];
  quantityList?: QuantityElement[];
}
export interface TransformationEvent extends EventBase {
  type: 'TransformationEvent';
  inputEPCList?: Uri[];
  inputQuantityList?: QuantityElement[];
  outputEPCList?: Uri[];
  outputQuantityList?: QuantityElement[];
  transformationID?: Uri;
  persistentDisposition?: PersistentDisposition;
  ilmd?: Extensions;
}
export interface AssociationEvent extends EventBase {
  type: 'AssociationEvent';
  action: Action;
  parentID: Uri;
  childEPCs?: Uri[];
  childQuantityList?: QuantityElement[];
}

export type EpcisEvent = ObjectEvent | AggregationEvent | TransactionEvent | TransformationEvent | AssociationEvent;

/** One attribute of a master-data element; `id` names it (`cbvmda:name`), `attribute` is its value. */
export interface VocabularyAttribute {
  id: Uri;
  attribute?: JsonValue;
}
export interface VocabularyElement {
  id: Uri;
  attributes?: VocabularyAttribute[];
  children?: Uri[];
}
export interface Vocabulary {
  /** `urn:epcglobal:epcis:vtype:EPCClass`, `...:Location`, `...:Party` and the like. */
  type: Uri;
  vocabularyElementList?: VocabularyElement[];
}

export interface EpcisDocument {
  '@context': JsonValue;
  id?: Uri;
  type: 'EPCISDocument';
  schemaVersion: string;
  creationDate: string;
  epcisHeader?: { epcisMasterData?: { vocabularyList?: Vocabulary[] } };
  epcisBody: { eventList: EpcisEvent[] };
}
export interface EpcisQueryDocument {
  '@context': JsonValue;
  id?: Uri;
  type: 'EPCISQueryDocument';
  schemaVersion?: string;
  creationDate?: string;
  epcisBody: {
    queryResults: {
      queryName: string;
      subscriptionID?: string;
      resultsBody: { eventList: EpcisEvent[]; vocabularyList?: Vocabulary[] };
    };
  };
}
