// Node's and Postgres' ways of saying "not now". SQLSTATE: class 08 connection, 57P01-57P03 shutdown and start-up,
// 53300 too many connections.
const codes = /^(08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
const texts =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection is closed|driver not connected|not queryable/i;

interface ErrorLike {
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  /** TypeORM keeps the driver's error here. */
  readonly driverError?: unknown;
  /** Of an AggregateError. */
  readonly errors?: unknown;
}

// By shape, not by class: an error may come from another realm.
const isErrorLike = (value: unknown): value is ErrorLike =>
  typeof value === 'object' && value !== null && typeof (value as { message?: unknown }).message === 'string';

/** Whether an error says that a server is away at the moment, as opposed to a fault of ours. */
export function isConnectionLost(error: unknown): boolean {
  for (let at = error, depth = 0; isErrorLike(at) && depth < 5; depth++) {
    if (typeof at.code === 'string' && codes.test(at.code)) return true;
    if (texts.test(at.message)) return true;
    if (Array.isArray(at.errors) && at.errors.some((inner) => isConnectionLost(inner))) return true;
    at = at.driverError ?? at.cause;
  }
  return false;
}
