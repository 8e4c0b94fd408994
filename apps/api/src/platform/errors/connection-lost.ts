// Node's and Postgres' ways of saying "not now". SQLSTATE: class 08 connection, 57P01-57P03 shutdown and start-up,
// 53300 too many connections.
const codes = /^(08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
const texts =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection is closed|driver not connected|not queryable/i;

/** Whether an error says that a server is away at the moment, as opposed to a fault of ours. */
export function isConnectionLost(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && codes.test(code)) return true;
    if (texts.test(at.message)) return true;
    if (at instanceof AggregateError && at.errors.some((inner) => isConnectionLost(inner))) return true;
    at = (at as { driverError?: unknown }).driverError ?? at.cause;
  }
  return false;
}
