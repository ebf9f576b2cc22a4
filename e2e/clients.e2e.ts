import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { createInstallation, type Installation } from './clients/installation.ts';
import { nodeProgramChecks } from './clients/node-programs.ts';
import { pythonClientChecks } from './clients/python-client.ts';
import { makePythonEnvironment } from './clients/python-environment.ts';
import { typescriptClientChecks } from './clients/typescript-client.ts';
import { makeFolder, type RunningServer, startServer } from './server.ts';

const folder = makeFolder();
const python = await makePythonEnvironment(folder);
let server: RunningServer;
let installation: Installation;

beforeAll(async () => {
  server = await startServer();
  installation = createInstallation(server);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the TypeScript client', () => {
  typescriptClientChecks(() => installation);
  nodeProgramChecks(
    () => installation,
    () => folder,
  );
});

const skipped = python.missing ? ` (SKIPPED: ${python.missing})` : '';
describe.skipIf(python.missing)(`the Python client${skipped}`, () => {
  pythonClientChecks(
    () => installation,
    () => folder,
    python,
  );
});
