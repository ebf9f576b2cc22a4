import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessContract, setupContract, signInContract } from './contract/access.ts';
import { actualsContract } from './contract/actuals.ts';
import { blockedDestinationsContract, channelsContract } from './contract/channels.ts';
import { type Client, createClient } from './contract/client.ts';
import { envelopeContract } from './contract/envelope.ts';
import { eventsContract } from './contract/events.ts';
import { explanationsContract } from './contract/explanations.ts';
import { filtersContract } from './contract/filters.ts';
import { hostileContract } from './contract/hostile.ts';
import { modelsContract } from './contract/models.ts';
import { monitorsContract } from './contract/monitors.ts';
import { operationsContract } from './contract/operations.ts';
import { persistenceContract } from './contract/persistence.ts';
import { questionsContract } from './contract/questions.ts';
import { referencesContract } from './contract/references.ts';
import { rowsContract } from './contract/rows.ts';
import { slicesContract } from './contract/slices.ts';
import { tasksContract } from './contract/tasks.ts';
import { windowsContract } from './contract/windows.ts';
import { type RunningServer, startServer } from './server.ts';

const admin = { email: 'admin@example.com', password: 'correct-horse-battery' };

describe('the REST contract', () => {
  let product: RunningServer;
  let client: Client;

  beforeAll(async () => {
    product = await startServer({
      PLUMBLINE_ADMIN_EMAIL: admin.email,
      PLUMBLINE_ADMIN_PASSWORD: admin.password,
    });
    client = createClient(product.url, product.apiKey);
  });
  afterAll(() => product?.stop());

  modelsContract(() => client);
  eventsContract(() => client);
  rowsContract(() => client);
  envelopeContract(() => client);
  hostileContract(() => client);
  actualsContract(() => client);
  questionsContract(() => client);
  windowsContract(() => client);
  tasksContract(() => client);
  filtersContract(() => client);
  slicesContract(() => client);
  explanationsContract(() => client);
  referencesContract(() => client);
  channelsContract(() => client);
  monitorsContract(() => client);
  persistenceContract(() => client);
  accessContract(() => client);
  signInContract(
    () => client,
    () => product,
    admin,
  );
  operationsContract(() => client);

  test('every answer above kept the conventions of errors, names and times', () => {
    expect(Object.fromEntries(client.faults)).toEqual({});
  });
});

describe('an installation without an admin, its data in a folder only the caller may enter', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'plumbline-e2e-'));
  let product: RunningServer;
  let client: Client;

  beforeAll(async () => {
    product = await startServer({
      DATA_DIR: folder,
      WEBHOOK_ALLOW_PRIVATE: '',
    });
    client = createClient(product.url, product.apiKey);
  });
  afterAll(async () => {
    await product?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  setupContract(
    () => client,
    () => product,
  );
  blockedDestinationsContract(() => client);
});
