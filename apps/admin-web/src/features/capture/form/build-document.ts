import { canonicalId, checkDigit, hasValidCheckDigit, parseDigitalLinkPath } from '@waymark/epcis/gs1';

export const STEPS = ['harvest', 'receive', 'pack', 'ship'] as const;
export type Step = (typeof STEPS)[number];

/** One line of what is harvested, received, packed or shipped: a quantity of a lot, units by their serial numbers, or one logistic unit. */
export interface ContentLine {
  readonly kind: 'lot' | 'serial' | 'unit';
  readonly gtin: string;
  readonly lot: string;
  readonly quantity: string;
  /** UN/ECE Recommendation 20; `` counts pieces. */
  readonly uom: string;
  readonly sscc: string;
  /** Serial numbers of units of the product, with white space between. */
  readonly serials?: string;
}

export interface FormValues {
  /** As `<input type="datetime-local">` gives it, in the browser's zone. */
  readonly when: string;
  /** GLN of the place, or any URI. */
  readonly place: string;
  readonly lines: readonly ContentLine[];
  /** SSCC of what is packed into. */
  readonly parent: string;
  readonly fromParty: string;
  readonly toParty: string;
  /** Days, `2026-01-31`; of a harvest. */
  readonly harvestDate: string;
  readonly expiryDate: string;
}

export const emptyLine: ContentLine = { kind: 'lot', gtin: '', lot: '', quantity: '', uom: 'KGM', sscc: '' };
export const emptyForm: FormValues = {
  when: '',
  place: '',
  lines: [emptyLine],
  parent: '',
  fromParty: '',
  toParty: '',
  harvestDate: '',
  expiryDate: '',
};

export function isFormValues(value: unknown): value is FormValues {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Record<string, unknown>;
  const texts = ['when', 'place', 'parent', 'fromParty', 'toParty', 'harvestDate', 'expiryDate'];
  const lineTexts = ['kind', 'gtin', 'lot', 'quantity', 'uom', 'sscc'];
  return (
    texts.every((name) => typeof given[name] === 'string') &&
    Array.isArray(given['lines']) &&
    given['lines'].every(
      (line: unknown) =>
        typeof line === 'object' &&
        line !== null &&
        lineTexts.every((name) => typeof (line as Record<string, unknown>)[name] === 'string'),
    )
  );
}

/** What is wrong with one field: a message key of the feature, with values. */
export interface FieldFault {
  readonly key:
    | 'form.fault.needed'
    | 'form.fault.number'
    | 'form.fault.digits'
    | 'form.fault.checkDigit'
    | 'form.fault.lot'
    | 'form.fault.serial'
    | 'form.fault.when';
  readonly values?: Readonly<Record<string, string>>;
}
/** By field: `when`, `place`, `lines.0.gtin` ... */
export type Faults = Readonly<Record<string, FieldFault>>;

const KEY_LENGTHS = { gtin: [8, 12, 13, 14], gln: [13], sscc: [18] } as const;
export type KeyKind = keyof typeof KEY_LENGTHS;

const compact = (text: string) => text.replace(/[\s-]/g, '');

/** The digits of a key typed as a number, or inside a Digital Link or EPC URN; undefined for anything else. */
function digitsOf(kind: KeyKind, text: string): string | undefined {
  const typed = compact(text);
  if (/^\d+$/.test(typed)) return typed;
  const ais = {
    gtin: /\/01\/(\d{14})(?:\/|$)/,
    gln: /\/(?:414|417)\/(\d{13})(?:\/|$)/,
    sscc: /\/00\/(\d{18})(?:\/|$)/,
  };
  return ais[kind].exec(canonicalId(text.trim()))?.[1];
}

/** Says what is wrong with a key and, where only its last digit is, which it should be. */
export function keyFault(kind: KeyKind, text: string): FieldFault | undefined {
  if (text.trim() === '') return { key: 'form.fault.needed' };
  const digits = digitsOf(kind, text);
  const lengths: readonly number[] = KEY_LENGTHS[kind];
  if (digits === undefined || !lengths.includes(digits.length)) {
    return { key: 'form.fault.digits', values: { lengths: lengths.join(', ') } };
  }
  if (hasValidCheckDigit(digits)) return undefined;
  return { key: 'form.fault.checkDigit', values: { digit: checkDigit(digits.slice(0, -1)) ?? '' } };
}

/** The whole number, where only its check digit is missing or wrong; undefined where nothing can be offered. */
export function withCheckDigit(kind: KeyKind, text: string): string | undefined {
  const digits = compact(text);
  if (!/^\d+$/.test(digits)) return undefined;
  const lengths: readonly number[] = KEY_LENGTHS[kind];
  const longest = Math.max(...lengths);
  if (lengths.includes(digits.length)) {
    if (hasValidCheckDigit(digits)) return undefined;
    const stem = digits.slice(0, -1);
    return stem + (checkDigit(stem) ?? '');
  }
  return digits.length === longest - 1 ? digits + (checkDigit(digits) ?? '') : undefined;
}

/** A place or a party: by its GLN, or as any URI (a name of their own). */
function isOtherUri(text: string): boolean {
  return /^(urn:[a-z0-9][a-z0-9-]+:|https?:\/\/)\S+$/i.test(text.trim());
}

function placeFault(text: string): FieldFault | undefined {
  return isOtherUri(text) ? undefined : keyFault('gln', text);
}

export function faultsOf(step: Step, values: FormValues): Faults {
  const faults: Record<string, FieldFault> = {};
  const put = (name: string, fault: FieldFault | undefined) => {
    if (fault !== undefined) faults[name] = fault;
  };
  put('when', Number.isNaN(Date.parse(values.when)) ? { key: 'form.fault.when' } : undefined);
  put('place', placeFault(values.place));
  for (const [i, line] of values.lines.entries()) {
    if (line.kind === 'unit' && step !== 'harvest') {
      put(`lines.${i}.sscc`, keyFault('sscc', line.sscc));
      continue;
    }
    put(`lines.${i}.gtin`, keyFault('gtin', line.gtin));
    if (line.kind === 'serial' && step !== 'harvest') {
      put(`lines.${i}.serials`, serialsFault(serialsOf(line)));
      continue;
    }
    put(`lines.${i}.lot`, lotFault(line.lot));
    put(
      `lines.${i}.quantity`,
      /^\d{1,12}([.,]\d{1,6})?$/.test(line.quantity.trim()) && Number(decimal(line.quantity)) > 0
        ? undefined
        : { key: 'form.fault.number' },
    );
  }
  if (step === 'pack') put('parent', keyFault('sscc', values.parent));
  if (step === 'ship') {
    put('fromParty', placeFault(values.fromParty));
    put('toParty', placeFault(values.toParty));
  }
  if (step === 'receive' && values.fromParty.trim() !== '') put('fromParty', placeFault(values.fromParty));
  return faults;
}

/** Serial numbers of one line, at most. */
const SERIALS_MAX = 500;
const serialsOf = (line: ContentLine): string[] => [
  ...new Set((line.serials ?? '').split(/\s+/).filter((serial) => serial !== '')),
];

function serialsFault(serials: readonly string[]): FieldFault | undefined {
  if (serials.length === 0) return { key: 'form.fault.needed' };
  const wrong =
    serials.length > SERIALS_MAX
      ? serials[SERIALS_MAX]
      : serials.find((serial) => !parseDigitalLinkPath(`/01/00000000000000/21/${encodeURIComponent(serial)}`).ok);
  return wrong === undefined
    ? undefined
    : { key: 'form.fault.serial', values: { serial: wrong.slice(0, 40), max: String(SERIALS_MAX) } };
}

function lotFault(lot: string): FieldFault | undefined {
  if (lot.trim() === '') return { key: 'form.fault.needed' };
  return parseDigitalLinkPath(`/01/00000000000000/10/${encodeURIComponent(lot.trim())}`).ok
    ? undefined
    : { key: 'form.fault.lot' };
}

const decimal = (text: string) => text.trim().replace(',', '.');
const gtin14 = (text: string) => (digitsOf('gtin', text) ?? '').padStart(14, '0');
const lotClass = (line: ContentLine) =>
  canonicalId(`https://id.gs1.org/01/${gtin14(line.gtin)}/10/${encodeURIComponent(line.lot.trim())}`);
const serialIds = (line: ContentLine) =>
  serialsOf(line).map((serial) =>
    canonicalId(`https://id.gs1.org/01/${gtin14(line.gtin)}/21/${encodeURIComponent(serial)}`),
  );
const unitId = (sscc: string) => `https://id.gs1.org/00/${digitsOf('sscc', sscc) ?? ''}`;
const placeId = (text: string, ai: '414' | '417') => {
  const digits = digitsOf('gln', text);
  return digits === undefined ? text.trim() : `https://id.gs1.org/${ai}/${digits}`;
};

/** `+08:00`: the zone of this browser at that moment. */
function zoneOffset(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** The EPCIS 2.0 document of one event with the words of CBV 2.0. The values have no faults. */
export function documentOf(step: Step, values: FormValues, now: Date): object {
  const at = new Date(values.when);
  const units =
    step === 'harvest'
      ? []
      : values.lines.flatMap((line) =>
          line.kind === 'unit' ? [unitId(line.sscc)] : line.kind === 'serial' ? serialIds(line) : [],
        );
  const quantities = values.lines
    .filter(({ kind }) => step === 'harvest' || kind === 'lot')
    .map((line) => ({
      epcClass: lotClass(line),
      quantity: Number(decimal(line.quantity)),
      ...(line.uom !== '' && { uom: line.uom }),
    }));
  const place = { id: placeId(values.place, '414') };
  const common = {
    eventTime: at.toISOString(),
    eventTimeZoneOffset: zoneOffset(at),
    readPoint: place,
    bizLocation: place,
  };
  const what = {
    ...(units.length > 0 && { epcList: units }),
    ...(quantities.length > 0 && { quantityList: quantities }),
  };
  const source =
    values.fromParty.trim() === '' ? [] : [{ type: 'possessing_party', source: placeId(values.fromParty, '417') }];
  const event = {
    harvest: () => ({
      type: 'ObjectEvent',
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      ...common,
      ...what,
      ...ilmdOf(values),
    }),
    receive: () => ({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'receiving',
      disposition: 'in_progress',
      ...common,
      ...what,
      ...(source.length > 0 && { sourceList: source }),
    }),
    pack: () => ({
      type: 'AggregationEvent',
      action: 'ADD',
      bizStep: 'packing',
      disposition: 'in_progress',
      ...common,
      parentID: unitId(values.parent),
      ...(units.length > 0 && { childEPCs: units }),
      ...(quantities.length > 0 && { childQuantityList: quantities }),
    }),
    ship: () => ({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'shipping',
      disposition: 'in_transit',
      ...common,
      ...what,
      sourceList: source,
      destinationList: [{ type: 'possessing_party', destination: placeId(values.toParty, '417') }],
    }),
  }[step]();
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: now.toISOString(),
    epcisBody: { eventList: [event] },
  };
}

function ilmdOf(values: FormValues): object {
  const lots = [...new Set(values.lines.map(({ lot }) => lot.trim()))];
  const ilmd = {
    ...(lots.length === 1 && { 'cbvmda:lotNumber': lots[0] }),
    ...(values.harvestDate !== '' && { 'cbvmda:harvestStartDate': values.harvestDate }),
    ...(values.expiryDate !== '' && { 'cbvmda:itemExpirationDate': values.expiryDate }),
  };
  return Object.keys(ilmd).length === 0 ? {} : { ilmd };
}
