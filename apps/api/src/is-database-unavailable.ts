const systemCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** SQLSTATE classes and codes, and Prisma's own, that say "not now" and not "never". */
const stateCodes =
  /^(08...|53...|57P0[0-5]|57014|25006|58...|XX000|55P03|40001|40P01|P1001|P1002|P1008|P1017|P2024|P2034)$/;

const messages =
  /connection terminated|timeout exceeded when trying to connect|connection timeout|can't reach database|connectionclosed|databasenotreachable|server has closed the connection|client has encountered a connection error|query read timeout|timeout expired/i;

/** Whether an error, or what caused it, says that the database cannot be used now. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth += 1) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string') {
      if (stateCodes.test(code)) return true;
      if (systemCodes.has(code) && (code !== 'ENOENT' || syscall === 'connect')) return true;
    }
    if (messages.test(cause.message)) return true;
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseUnavailable)) return true;
  }
  return false;
}
