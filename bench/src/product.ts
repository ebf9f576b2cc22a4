import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { readOptions, type Standalone, startStandalone } from '@plumbline/standalone';
import { inheritedEnvironment } from './env.ts';
import { createHttpClient, type HttpClient } from './http-client.ts';

export const apiKey = 'plumbline-benchmark-key';

export interface Product {
  http: HttpClient;
  url: string;
  connectionString: string;
  dataDirectory: string;
  stop(): Promise<void>;
}

/** A folder of this run alone; `remove` deletes it with all data. */
export function temporaryDirectory(): { directory: string; remove(): void } {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'plumbline-bench-'));
  // A Postgres started by root runs under an account of its own, which has to pass through.
  chmodSync(directory, 0o755);
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The whole product on a fresh embedded database. */
export async function startProduct(): Promise<Product> {
  const { directory, remove } = temporaryDirectory();
  const options = readOptions(
    { PORT: String(await freePort()), DATA_DIR: directory, PLUMBLINE_API_KEY: apiKey, LOG_LEVEL: 'warn' },
    process.cwd(),
  );
  let server: Standalone;
  try {
    server = await startStandalone(options, inheritedEnvironment, () => {});
  } catch (error) {
    remove();
    throw error;
  }
  const http = createHttpClient(server.url, apiKey);
  return {
    http,
    url: server.url,
    connectionString: server.connectionString,
    dataDirectory: directory,
    async stop() {
      http.close();
      await server.stop();
      remove();
    },
  };
}
