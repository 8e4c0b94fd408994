import { Visibility } from '@waymark/ledger/chain';
import { z } from 'zod';
import { ProblemError } from '../../../platform/errors/problem.js';
import { EPCIS_HEADERS } from '../commands/capture-limits.js';

const visibilities = { public: Visibility.PUBLIC, partners: Visibility.PARTNERS, own: Visibility.OWN } as const;
const behaviourSchema = z.enum(['rollback', 'proceed']).default('rollback');
const visibilitySchema = z.enum(['public', 'partners', 'own']).default('partners');

/** One of several captures that carry a divided document. */
export interface UploadPart {
  /** UUID, the same for all parts. */
  readonly id: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
  /** Position of its first event in the divided document. */
  readonly firstEvent: number;
}

export interface CaptureHeaders {
  readonly proceed: boolean;
  readonly visibility: Visibility;
  /** The same key with the same bytes is the same capture, however often it is sent. */
  readonly idempotencyKey: string | undefined;
  readonly label: string | undefined;
  readonly fileName: string | undefined;
  readonly upload: UploadPart | undefined;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,100}$/;
/** Characters of a label or file name at most. */
const NAME_LENGTH_MAX = 200;
const UPLOAD =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12});\s*part=(\d{1,3})\/(\d{1,3});\s*first-event=(\d{1,6})$/;

/** The headers that steer a capture, checked. */
export function captureHeaders(headers: Readonly<Record<string, string | undefined>>): CaptureHeaders {
  const behaviour = behaviourSchema.safeParse(headers['gs1-capture-error-behaviour']?.trim().toLowerCase());
  if (!behaviour.success) throw refuse('GS1-Capture-Error-Behaviour', 'is rollback or proceed');
  const visibility = visibilitySchema.safeParse(headers['waymark-visibility']?.trim().toLowerCase());
  if (!visibility.success) throw refuse('Waymark-Visibility', 'is public, partners or own');
  const version = headers['gs1-epcis-version']?.trim();
  if (version !== undefined && !/^2\.0(\.\d+)?$/.test(version))
    throw refuse(
      'GS1-EPCIS-Version',
      `${version} is not spoken here; this is ${EPCIS_HEADERS['GS1-EPCIS-Version']}`,
      'not-acceptable',
    );
  const idempotencyKey = headers['idempotency-key']?.trim();
  if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(idempotencyKey))
    throw refuse('Idempotency-Key', 'is 8 to 100 visible ASCII characters, such as a UUID');
  return {
    proceed: behaviour.data === 'proceed',
    visibility: visibilities[visibility.data],
    idempotencyKey,
    label: words('Waymark-Label', headers),
    fileName: words('Waymark-Document-Name', headers),
    upload: uploadPart(headers['waymark-upload']?.trim()),
  };
}

/** Free text in a header: percent-encoded UTF-8, because headers are ASCII. */
function words(header: string, headers: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = headers[header.toLowerCase()]?.trim();
  if (given === undefined || given === '') return undefined;
  let text: string;
  try {
    // eslint-disable-next-line no-restricted-syntax -- refused below
    text = decodeURIComponent(given).trim();
  } catch {
    throw refuse(header, 'is no percent-encoded UTF-8');
  }
  // eslint-disable-next-line no-control-regex -- these are what a name must not have
  if (text.length > NAME_LENGTH_MAX || /[\u0000-\u001f\u007f]/.test(text))
    throw refuse(header, `has at most ${NAME_LENGTH_MAX} characters and no control characters`);
  return text === '' ? undefined : text;
}

function uploadPart(given: string | undefined): UploadPart | undefined {
  if (given === undefined || given === '') return undefined;
  const [, id, part, parts, firstEvent] = UPLOAD.exec(given.toLowerCase()) ?? [];
  const upload = { id: id ?? '', part: Number(part), parts: Number(parts), firstEvent: Number(firstEvent) };
  if (id === undefined || upload.part < 1 || upload.part > upload.parts)
    throw refuse('Waymark-Upload', 'reads like 4f1d4a9e-0c5b-4a51-9a57-0c1f5b2b9c11; part=2/5; first-event=1000');
  return upload;
}

function refuse(header: string, reason: string, kind: 'invalid' | 'not-acceptable' = 'invalid'): ProblemError {
  return new ProblemError(kind, {
    code: 'CAPTURE_HEADER_INVALID',
    detail: `The header ${header} ${reason}.`,
    howToFix: `Correct the header ${header}, or leave it out.`,
    facts: { header },
  });
}
