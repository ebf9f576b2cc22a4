/** Lines of a process log, JSON or not, that say something went wrong that no outage explains. */
export function logFaults(text: string): string[] {
  return text.split('\n').filter((line) => isFault(line));
}

const error = 50;

/** What a process may say when the database or the process itself was taken away under its hands. */
const explained =
  /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|connection terminated|terminating connection|the database system is|timeout exceeded when trying to connect|Query read timeout|server closed the connection|DatabaseNotReachable|ConnectionClosed|Can't reach database|not yet accepting connections|statement timeout|lock timeout|has encountered a connection error/;

function isFault(line: string): boolean {
  if (/unhandled ?rejection|uncaught ?exception|FATAL ERROR|heap out of memory/i.test(line)) return true;
  if (!line.startsWith('{')) return false;
  try {
    const { level } = JSON.parse(line) as { level?: number };
    return (level ?? 0) >= error && !explained.test(line);
  } catch {
    // The last line of a killed process may be half written.
    return false;
  }
}
