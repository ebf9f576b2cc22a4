import { EnvError } from '@plumbline/runtime';
import { processEnvironment, readOptions, type StandaloneOptions } from './env.ts';
import { type Standalone, startStandalone } from './start-standalone.ts';
import { StartupFailure } from './startup-failure.ts';

export interface DemoSettings {
  baseUrl: string;
  apiKey: string;
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface RunSettings {
  /** Replays a model into the running server. Needs webhooks to loopback, which a plain start refuses. */
  demo?: (settings: DemoSettings) => Promise<{ close(): Promise<void> | void } | undefined>;
}

const write = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

/** The whole life of `npm start`: start, say where to go, run until a signal, stop in order. */
export async function run(settings: RunSettings = {}): Promise<void> {
  const options = read(settings);

  const stopped = new AbortController();
  const interrupted = new Promise<void>((resolve) =>
    stopped.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopped.signal.aborted) process.exit(1);
      stopped.abort();
    });
  }

  // Whoever read this may be gone; the database still has to be stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  write('Starting Plumbline …');
  try {
    const inherited = Object.fromEntries(
      ['PATH', 'HOME', 'LANG', 'TZ', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'SystemRoot', 'TMPDIR'].flatMap(
        (name) => {
          const value = processEnvironment[name];
          return value === undefined ? [] : [[name, value]];
        },
      ),
    );
    const server = await startStandalone({ ...options, demo: settings.demo !== undefined }, inherited, write);
    announce(server, options);
    let close: (() => Promise<void> | void) | undefined;
    const { apiKey } = server;
    if (settings.demo && apiKey && !stopped.signal.aborted) {
      const shown = await settings
        .demo({ baseUrl: server.url, apiKey, say: write, signal: stopped.signal })
        .catch((error: unknown) => {
          if (!stopped.signal.aborted)
            complain(`The demo stopped: ${error instanceof Error ? error.message : String(error)}`);
          return undefined;
        });
      close = shown?.close;
    }
    await interrupted;
    write('\nStopping …');
    await close?.();
    await server.stop();
    write('Stopped. All data is kept.');
    process.exit(0);
  } catch (error) {
    complain(
      error instanceof StartupFailure
        ? `\n${error.message}`
        : `\nPlumbline could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    process.exit(1);
  }
}

function read(settings: RunSettings): StandaloneOptions {
  try {
    const options = readOptions(processEnvironment, process.cwd());
    return settings.demo ? { ...options, WEBHOOK_ALLOW_PRIVATE: true } : options;
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    complain(error.message);
    process.exit(78);
  }
}

function announce(server: Standalone, options: StandaloneOptions): void {
  const { url, setupUrl, apiKey } = server;
  write('');
  write(`Plumbline is ready    ${url}`);
  if (setupUrl)
    write(
      `First sign-in         ${setupUrl}\n                      (makes the first admin; works once, for an hour)`,
    );
  else write(`Sign in               ${url}/sign-in`);
  if (options.PLUMBLINE_API_KEY) write('API key               the one in PLUMBLINE_API_KEY');
  else if (apiKey)
    write(`API key               ${apiKey}\n                      (scope admin; shown this once)`);
  write(`API documentation     ${url}/docs`);
  write(`Data and logs         ${options.DATA_DIR} (${server.logDirectory})`);
  write('Stop with Ctrl-C.');
  write('');
}
