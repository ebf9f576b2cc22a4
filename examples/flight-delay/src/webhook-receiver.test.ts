import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test } from 'vitest';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const body = JSON.stringify({
  type: 'incident.opened',
  timestamp: '2001-02-02T00:00:00Z',
  data: {
    incident: {
      metric: 'psi',
      column: '<origin>',
      value: 0.31234,
      threshold: 0.25,
      severity: 'critical',
      window: { from: '2001-02-01T00:00:00Z', to: '2001-02-08T00:00:00Z' },
    },
  },
});

let receiver: WebhookReceiver | undefined;
afterEach(async () => {
  await receiver?.close();
});

function send(url: string, id: string, key: string): Promise<number> {
  const at = new Date();
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  };
  return fetch(url, { method: 'POST', headers, body }).then((response) => response.status);
}

test('takes rightly signed messages, each id once, and lists them escaped', async () => {
  const seen: string[] = [];
  const started = await startWebhookReceiver((message) => seen.push(message.webhookId));
  receiver = started;
  started.trust(secret);
  expect(await send(started.url, 'm-1', secret)).toBe(204);
  expect(await send(started.url, 'm-1', secret)).toBe(204);
  expect(seen).toEqual(['m-1']);
  const page = await (await fetch(started.url)).text();
  expect(page).toContain(
    'incident.opened: psi of &lt;origin&gt; is 0.312, threshold 0.25 (critical, 2001-02-01 to 2001-02-08)',
  );
});

test('refuses messages of another secret, and all while it has none', async () => {
  const started = await startWebhookReceiver(() => {
    throw new Error('must not be reached');
  });
  receiver = started;
  expect(await send(started.url, 'm-1', secret)).toBe(401);
  started.trust(secret);
  expect(await send(started.url, 'm-1', `whsec_${randomBytes(32).toString('base64')}`)).toBe(401);
  expect(started.messages).toEqual([]);
});
