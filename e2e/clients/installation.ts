import type { EventAnswer, IngestStatus } from '@plumbline/contracts';
import { apiOf } from '../api.ts';
import { childEnvironment } from '../env.ts';
import type { RunningServer } from '../server.ts';
import { waitUntil } from '../wait-until.ts';

/** The running product as the checks of the clients use it. */
export function createInstallation(server: RunningServer) {
  const callApi = apiOf(server);
  const apiProcess = () =>
    server.processes().find(({ command }) => /apps\/api\/dist\/main\.js/.test(command));
  return {
    url: server.url,
    apiKey: server.apiKey,
    /** The environment of a program that reads where to send from it. */
    environment: (url = server.url) =>
      childEnvironment({ PLUMBLINE_URL: url, PLUMBLINE_API_KEY: server.apiKey }),
    async makeModel(slug: string) {
      await callApi('PUT', `/models/${slug}`, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
      });
    },
    status: (model: string) => callApi<IngestStatus>('GET', `/models/${model}/ingest-status`),
    event: (model: string, id: string) => callApi<EventAnswer>('GET', `/models/${model}/events/${id}`),
    /** Kills the API while rows of `model` come in, waits for the next one and for rows to come in again. */
    async killApi(model: string) {
      const stored = () => callApi<IngestStatus>('GET', `/models/${model}/ingest-status`);
      const { events } = await stored().catch(() => ({ events: 0 }));
      await waitUntil('rows to come in', 30_000, async () => (await stored()).events > events + 500);
      const before = apiProcess();
      if (!before) throw new Error('There is no API process.');
      process.kill(before.pid, 'SIGKILL');
      await waitUntil('another API in its place', 30_000, () => {
        const found = apiProcess();
        return found !== undefined && found.pid !== before.pid;
      });
      const afterwards = await waitUntil('the API to answer again', 30_000, stored);
      await waitUntil(
        'rows to come in again',
        30_000,
        async () => (await stored()).events > afterwards.events,
      );
    },
  };
}

export type Installation = ReturnType<typeof createInstallation>;

/** A prediction with every field, and how it has to come back. */
export const fullEvent = {
  prediction_id: 'full-1',
  prediction_timestamp: '2026-02-01T06:30:00.250Z',
  model_version: '2026.02',
  environment: 'production',
  features: { distance: 2176.5, origin: 'LAS', weekend: true, note: 'é "quoted" \u2028 😀', gone: null },
  prediction_label: 'late',
  prediction_score: 0.7100000000000001,
  tags: { channel: 'web' },
  shap_values: { distance: 0.32, origin: -0.05 },
  shap_base_value: 0.21,
  subject_id: 'customer-9',
  group_id: 'query-1',
  rank: 3,
} as const;

export const fullActual = {
  prediction_id: 'full-1',
  actual_label: 'on_time',
  actual_timestamp: '2026-02-02T00:00:00.000Z',
} as const;

export const asStored = { ...fullEvent, ...fullActual };
