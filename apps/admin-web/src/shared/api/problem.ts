/** RFC 9457 problem details as the API writes them. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** One sentence: the thing and the reason. */
  readonly detail: string;
  /** One sentence: what the reader does next. */
  readonly howToFix: string;
  /** RFC 6901 pointer into what was sent. */
  readonly pointer?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** With `EDIT_CONFLICT`: the record as it is now. */
  readonly current?: unknown;
  readonly errors?: readonly Readonly<Record<string, unknown>>[];
}

/** Thrown by every call of the client that was not answered with success. `status` 0: there was no answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
    /** Seconds after which the API asks us to come back. */
    readonly retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(problem.detail ?? problem.title ?? `The API answered with ${status}.`, options);
  }

  get code(): string {
    return this.problem.code ?? (this.status === 0 ? 'NETWORK_LOST' : 'HTTP_ERROR');
  }
}

export async function problemOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after'));
  let problem: Partial<Problem> = { status: response.status };
  if (/\bjson\b/.test(response.headers.get('content-type') ?? ''))
    try {
      const read = (await response.json()) as unknown;
      if (typeof read === 'object' && read !== null) problem = read;
    } catch {
      // An answer cut off on the way has no details; its status still says what happened.
    }
  return new ApiError(response.status, problem, retryAfter > 0 ? retryAfter : undefined);
}
