import ajvFormats from 'ajv-formats/dist/formats.js';
import {
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  COMPONENTS,
  DISPOSITIONS,
  ERROR_REASONS,
  MEASUREMENT_TYPES,
  SENSOR_ALERT_TYPES,
  SOURCE_DESTINATION_TYPES,
} from '../model/vocabulary.js';
import { parseInstant } from '../model/time.js';

const uriForm = ajvFormats.fullFormats.uri as (text: string) => boolean;

/** An absolute URI (RFC 3986). */
export function isUri(text: string): boolean {
  return uriForm(text);
}

/** CBV terms are written as bare words in JSON (CBV 2.0, 6.1.1): neither as the URNs of EPCIS 1.x nor under a retired address. */
const CBV_SPELLED_OUT = /^(urn:epcglobal:cbv|https?:\/\/ns\.gs1\.org\/cbv\/)/;
const GS1_VOC_SPELLED_OUT = /^https?:\/\/(www\.)?gs1\.org\/voc\//;

const wordOf = (words: ReadonlySet<string>, spelledOut: RegExp) => (text: string) =>
  words.has(text) || (isUri(text) && !spelledOut.test(text));

/** Names of the vocabularies, as the schema's formats name them, with their words. */
export const VOCABULARY_FORMATS: Readonly<Record<string, ReadonlySet<string>>> = {
  'epcis-biz-step': BIZ_STEPS,
  'epcis-disposition': DISPOSITIONS,
  'epcis-biz-transaction-type': BIZ_TRANSACTION_TYPES,
  'epcis-source-destination-type': SOURCE_DESTINATION_TYPES,
  'epcis-error-reason': ERROR_REASONS,
  'epcis-component': COMPONENTS,
  'epcis-measurement-type': MEASUREMENT_TYPES,
  'epcis-sensor-alert': SENSOR_ALERT_TYPES,
};

/** The string formats of our schema. */
export const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  uri: isUri,
  'epcis-time': (text) => parseInstant(text) !== undefined,
  'epcis-offset': (text) => /^[+-]((0\d|1[0-3]):[0-5]\d|14:00)$/.test(text),
  'epcis-uom': (text) => /^[A-Z0-9]{2,3}$/.test(text),
  'epcis-hex': (text) => /^[A-Fa-f0-9]+$/.test(text),
  'epcis-version': (text) => /^\d+(\.\d+)*$/.test(text),
  ...Object.fromEntries(
    Object.entries(VOCABULARY_FORMATS).map(([name, words]) => [
      name,
      wordOf(
        words,
        words === MEASUREMENT_TYPES || words === SENSOR_ALERT_TYPES ? GS1_VOC_SPELLED_OUT : CBV_SPELLED_OUT,
      ),
    ]),
  ),
};
