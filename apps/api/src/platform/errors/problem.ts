/**
 * Errors by who must act (docs/architecture.md, "Errors"): one table maps each kind to its family, its HTTP status, the
 * EPCIS 2.0 exception name and the level at which it is logged. RFC 9457 problem details are rendered from it.
 */

export type Family = 'refusal' | 'forbidden' | 'unavailable' | 'fault';

interface Kind {
  readonly family: Family;
  readonly status: number;
  readonly title: string;
  /** The standard's own exception (EPCIS 2.0 REST bindings); used in `type` and `title` under /epcis. */
  readonly epcis: string;
  readonly level: 'info' | 'warn' | 'error';
}

export const KINDS = {
  invalid: {
    family: 'refusal',
    status: 400,
    title: 'The request cannot be understood',
    epcis: 'ValidationException',
    level: 'info',
  },
  'query-parameter': {
    family: 'refusal',
    status: 400,
    title: 'A parameter is not usable',
    epcis: 'QueryParameterException',
    level: 'info',
  },
  unauthenticated: {
    family: 'forbidden',
    status: 401,
    title: 'Who is asking is not known',
    epcis: 'SecurityException',
    level: 'warn',
  },
  forbidden: { family: 'forbidden', status: 403, title: 'Not allowed', epcis: 'SecurityException', level: 'warn' },
  'not-found': { family: 'refusal', status: 404, title: 'Not found', epcis: 'NoSuchResourceException', level: 'info' },
  'method-not-allowed': {
    family: 'refusal',
    status: 405,
    title: 'The address does not take this method',
    epcis: 'ValidationException',
    level: 'info',
  },
  'not-acceptable': {
    family: 'refusal',
    status: 406,
    title: 'No answer in the form asked for',
    epcis: 'NotAcceptableException',
    level: 'info',
  },
  conflict: {
    family: 'refusal',
    status: 409,
    title: 'In conflict with what is there',
    epcis: 'ResourceAlreadyExistsException',
    level: 'info',
  },
  'too-large': {
    family: 'refusal',
    status: 413,
    title: 'Larger than what is taken at once',
    epcis: 'CaptureLimitExceededException',
    level: 'info',
  },
  'query-too-large': {
    family: 'refusal',
    status: 413,
    title: 'The answer would be larger than asked for',
    epcis: 'QueryTooLargeException',
    level: 'info',
  },
  'uri-too-long': {
    family: 'refusal',
    status: 414,
    title: 'The address is too long',
    epcis: 'URITooLongException',
    level: 'info',
  },
  'unsupported-media-type': {
    family: 'refusal',
    status: 415,
    title: 'The content type is not taken',
    epcis: 'UnsupportedMediaTypeException',
    level: 'info',
  },
  'against-the-rules': {
    family: 'refusal',
    status: 422,
    title: 'Understood, but against the rules',
    epcis: 'ValidationException',
    level: 'info',
  },
  'too-many-requests': {
    family: 'refusal',
    status: 429,
    title: 'Too many requests',
    epcis: 'ImplementationException',
    level: 'warn',
  },
  unavailable: {
    family: 'unavailable',
    status: 503,
    title: 'Not now',
    epcis: 'ImplementationException',
    level: 'warn',
  },
  fault: {
    family: 'fault',
    status: 500,
    title: 'Something is broken on our side',
    epcis: 'ImplementationException',
    level: 'error',
  },
} as const satisfies Record<string, Kind>;

export type ProblemKind = keyof typeof KINDS;

export interface ProblemDetail {
  /** `SUBSYSTEM_REASON`, stable: what a program decides by. */
  readonly code: string;
  /** One sentence: the thing and the reason. */
  readonly detail: string;
  /** One sentence: what the reader does next. */
  readonly howToFix: string;
  /** RFC 6901 pointer into what was sent. */
  readonly pointer?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** Several faults at once, the first of which gave code and pointer. */
  readonly errors?: readonly ProblemDetail[];
  /** With `EDIT_CONFLICT`: the record as it is now, so that a person can compare it with what they typed. */
  readonly current?: unknown;
  /** Sent with the answer, such as the limits beside a 413. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds after which trying again makes sense; with `unavailable` and `too-many-requests`. */
  readonly retryAfterSeconds?: number;
}

/** A request that ends in an RFC 9457 answer. Thrown in apps/api only; rules are refused by returned values. */
export class ProblemError extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly problem: ProblemDetail,
    options?: ErrorOptions,
  ) {
    super(problem.detail, options);
  }
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  howToFix: string;
  pointer?: string;
  facts?: Readonly<Record<string, string | number>>;
  current?: unknown;
  errors?: readonly ProblemDetail[];
}

/** Renders the RFC 9457 body. `path` is the request's path: under /epcis the standard's exception names are used. */
export function problemBody(error: ProblemError, path: string): ProblemBody {
  const kind: Kind = KINDS[error.kind];
  const { code, detail, howToFix, pointer, facts, current, errors } = error.problem;
  const epcis = /^\/epcis(\/|$)/.test(path);
  return {
    type: epcis ? `epcisException:${kind.epcis}` : `urn:waymark:problem:${code}`,
    title: epcis ? `${kind.epcis}: ${kind.title}` : kind.title,
    status: kind.status,
    detail,
    instance: path,
    code,
    howToFix,
    ...(pointer !== undefined && { pointer }),
    ...(facts !== undefined && { facts }),
    ...(current !== undefined && { current }),
    ...(errors !== undefined && { errors }),
  };
}

/** Postgres, the queue or all nodes do not answer: nothing was stored, try again. */
export function unavailable(code: string, detail: string, retryAfterSeconds = 5, cause?: unknown): ProblemError {
  return new ProblemError(
    'unavailable',
    {
      code,
      detail,
      howToFix: `Nothing was stored. Send the same request again after ${retryAfterSeconds} seconds.`,
      retryAfterSeconds,
    },
    { cause },
  );
}
