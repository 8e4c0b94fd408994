import { CHARSET_39, CHARSET_82 } from './encoding.js';

/**
 * The application identifiers that can stand in the path of a Digital Link URI: primary keys and their qualifiers
 * (GS1 Digital Link URI Syntax 1.2, section 4; GS1 General Specifications, section 3).
 */
export interface AiFormat {
  ai: string;
  /** What people call it. */
  title: string;
  /** The alphabetic name of Digital Link 1.1, still met in the wild. */
  shortName?: string;
  /** Number of leading digits that end in a check digit; 0: none. */
  checkedDigits: number;
  /** Form of the value, after percent-decoding. */
  accepts: (value: string) => boolean;
}

const digits = (min: number, max = min) => {
  const form = new RegExp(`^\\d{${min},${max}}$`);
  return (value: string) => form.test(value);
};
const text82 = (max: number) => (value: string) => value.length >= 1 && value.length <= max && CHARSET_82.test(value);
/** A key that is text begins with a company prefix, at least four digits. */
const keyText = (max: number, charset = CHARSET_82) => {
  return (value: string) => value.length <= max && /^\d{4}/.test(value) && charset.test(value);
};
/** Piece and total of an ITIP: two digits each, from 01 to the total. */
const pieceOfTotal = (value: string) => value.slice(-4, -2) !== '00' && value.slice(-4, -2) <= value.slice(-2);
const digitsThen82 = (fixed: number, max: number) => (value: string) =>
  /^\d*$/.test(value.slice(0, fixed)) && value.length >= fixed && value.length <= fixed + max && CHARSET_82.test(value);

const FORMATS: readonly AiFormat[] = [
  { ai: '00', title: 'SSCC', shortName: 'sscc', checkedDigits: 18, accepts: digits(18) },
  { ai: '01', title: 'GTIN', shortName: 'gtin', checkedDigits: 14, accepts: digits(14) },
  { ai: '253', title: 'GDTI', shortName: 'gdti', checkedDigits: 13, accepts: digitsThen82(13, 17) },
  { ai: '255', title: 'GCN', shortName: 'gcn', checkedDigits: 13, accepts: digits(13, 25) },
  { ai: '401', title: 'GINC', shortName: 'ginc', checkedDigits: 0, accepts: keyText(30) },
  { ai: '402', title: 'GSIN', shortName: 'gsin', checkedDigits: 17, accepts: digits(17) },
  { ai: '414', title: 'GLN', shortName: 'gln', checkedDigits: 13, accepts: digits(13) },
  { ai: '417', title: 'party GLN', shortName: 'party', checkedDigits: 13, accepts: digits(13) },
  {
    ai: '8003',
    title: 'GRAI',
    shortName: 'grai',
    checkedDigits: 14,
    accepts: (value) => value.startsWith('0') && digitsThen82(14, 16)(value),
  },
  { ai: '8004', title: 'GIAI', shortName: 'giai', checkedDigits: 0, accepts: keyText(30) },
  {
    ai: '8006',
    title: 'ITIP',
    shortName: 'itip',
    checkedDigits: 14,
    accepts: (value) => digits(18)(value) && pieceOfTotal(value),
  },
  {
    ai: '8010',
    title: 'CPID',
    shortName: 'cpid',
    checkedDigits: 0,
    accepts: keyText(30, CHARSET_39),
  },
  { ai: '8013', title: 'GMN', shortName: 'gmn', checkedDigits: 0, accepts: keyText(25) },
  { ai: '8017', title: 'GSRN provider', shortName: 'gsrnp', checkedDigits: 18, accepts: digits(18) },
  { ai: '8018', title: 'GSRN recipient', shortName: 'gsrn', checkedDigits: 18, accepts: digits(18) },
  { ai: '10', title: 'lot', shortName: 'lot', checkedDigits: 0, accepts: text82(20) },
  { ai: '21', title: 'serial number', shortName: 'ser', checkedDigits: 0, accepts: text82(20) },
  { ai: '22', title: 'consumer product variant', shortName: 'cpv', checkedDigits: 0, accepts: text82(20) },
  { ai: '235', title: 'third-party serial extension', checkedDigits: 0, accepts: text82(28) },
  { ai: '254', title: 'GLN extension', checkedDigits: 0, accepts: text82(20) },
  {
    ai: '8011',
    title: 'CPID serial',
    checkedDigits: 0,
    accepts: (value) => digits(1, 12)(value) && !value.startsWith('0'),
  },
  { ai: '8019', title: 'service relation instance', checkedDigits: 0, accepts: digits(1, 10) },
];

/** Primary keys: which sequences of qualifiers may follow, in this order. */
export const KEY_QUALIFIERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '00': [[]],
  '01': [['22', '10', '21'], ['235']],
  '253': [[]],
  '255': [[]],
  '401': [[]],
  '402': [[]],
  '414': [['254']],
  '417': [[]],
  '8003': [[]],
  '8004': [[]],
  '8006': [['22', '10', '21']],
  '8010': [['8011']],
  '8013': [[]],
  '8017': [['8019']],
  '8018': [['8019']],
};

const BY_AI = new Map(FORMATS.map((format) => [format.ai, format]));
const BY_SHORT_NAME = new Map(
  FORMATS.flatMap((format) => (format.shortName === undefined ? [] : [[format.shortName, format] as const])),
);

/** The format of an AI written as number or alphabetic name. */
export function aiFormat(name: string): AiFormat | undefined {
  return BY_AI.get(name) ?? BY_SHORT_NAME.get(name);
}

/** Every AI this library knows. */
export const SUPPORTED_AIS: readonly string[] = FORMATS.map((format) => format.ai);
