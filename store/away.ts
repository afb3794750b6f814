/** Classes of SQLSTATE: 08 is the connection, 57P a server that stops or starts, 53 one without means. */
const STATES = /^(08...|57P0[1-5]|53[0-9]{3})$/;
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** The driver says these without a code: of a connection that was lost, and of a pool that had none to give in time. */
const WORDS =
  /Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** Whether a query failed because the database cannot be reached or has no room just now, so that asking again later may help. */
export function isStoreAway(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false;
  if (failure instanceof AggregateError && failure.errors.some(isStoreAway)) return true;
  const { code } = failure as { code?: unknown };
  if (typeof code === 'string' && (STATES.test(code) || NETWORK.has(code))) return true;
  return WORDS.test(failure.message) || isStoreAway(failure.cause);
}
