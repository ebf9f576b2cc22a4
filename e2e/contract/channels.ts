import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type Page, until } from './client.ts';
import { type Receiver, signatureOf, startReceiver } from './receiver.ts';

export interface Channel {
  id: string;
  kind: string;
  name: string;
  url: string;
  enabled: boolean;
  secret?: string;
}

interface Delivery {
  id: string;
  webhook_id: string;
  type: string;
  status: string;
  attempts: { at: string; response_status: number | null; latency_ms: number | null; error: string | null }[];
  next_attempt_at: string | null;
}

export function channelsContract(client: () => Client): void {
  let receiver: Receiver;
  const create = (path: string) =>
    client().send<Channel>('POST', '/v1/channels', {
      kind: 'webhook',
      name: `to ${path}`,
      url: `${receiver.url}${path}`,
    });
  const deliveries = async (id: string) =>
    (await client().get<Page<Delivery>>(`/v1/channels/${id}/deliveries`)).data;
  const sendTest = (id: string) => client().call('POST', `/v1/channels/${id}/test`);
  const arrived = (path: string, n = 1) =>
    until(
      () => receiver.at(path),
      (messages) => messages.length >= n,
      20_000,
    );

  describe('channels and webhooks', () => {
    beforeAll(async () => {
      receiver = await startReceiver();
    });
    afterAll(() => receiver?.close());

    test('the secret is shown once, whsec_ and base64 of 24 to 64 bytes', async () => {
      const answer = await client().call<Channel>('POST', '/v1/channels', {
        body: { kind: 'webhook', name: 'Ops', url: `${receiver.url}/ok-secret` },
      });
      expect([200, 201]).toContain(answer.status);
      const { id, secret = '' } = answer.body;
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+={0,2}$/);
      const size = Buffer.from(secret.slice(6), 'base64').length;
      expect(size).toBeGreaterThanOrEqual(24);
      expect(size).toBeLessThanOrEqual(64);
      const one = await client().call<Channel>('GET', `/v1/channels/${id}`);
      expect(one.body).toMatchObject({ id, kind: 'webhook', name: 'Ops', url: `${receiver.url}/ok-secret` });
      const list = await client().call<Page<Channel>>('GET', '/v1/channels');
      expect(list.body.data.map((channel) => channel.id)).toContain(id);
      const patched = await client().call('PATCH', `/v1/channels/${id}`, { body: { name: 'Ops 2' } });
      expect(patched.body).toMatchObject({ name: 'Ops 2' });
      for (const { text } of [one, list, patched]) expect(text).not.toContain(secret.slice(6));
    });

    test('DELETE removes it', async () => {
      const { id } = await create('/ok-delete');
      expect([200, 204]).toContain((await client().call('DELETE', `/v1/channels/${id}`)).status);
      expect((await client().call('GET', `/v1/channels/${id}`)).status).toBe(404);
      expect((await sendTest(id)).status).toBe(404);
    });

    test('a test message has the headers and the body of Standard Webhooks, signed with the shown secret', async () => {
      const { id, secret = '' } = await create('/ok-test');
      expect((await sendTest(id)).status).toBeLessThan(300);
      const [message] = await arrived('/ok-test');
      if (!message) throw new Error('no message');
      expect(message.signature.split(' ')).toContain(signatureOf(message, secret));
      expect(Math.abs(Number(message.timestamp) - Date.now() / 1000)).toBeLessThan(60);
      const body = JSON.parse(message.body);
      expect(body).toMatchObject({
        type: 'test',
        timestamp: expect.stringMatching(/Z$/),
        data: expect.any(Object),
      });
      const [delivery] = await until(
        () => deliveries(id),
        ([first]) => first?.status === 'delivered',
      );
      expect(delivery).toMatchObject({
        id: expect.any(String),
        webhook_id: message.id,
        type: 'test',
        next_attempt_at: null,
      });
      expect(delivery?.attempts).toMatchObject([
        { at: expect.any(String), response_status: 200, latency_ms: expect.any(Number), error: null },
      ]);
    });

    test('a redelivery keeps webhook-id and body', async () => {
      const { id, secret = '' } = await create('/ok-again');
      await sendTest(id);
      await arrived('/ok-again');
      const [delivery] = await until(
        () => deliveries(id),
        ([first]) => first?.status === 'delivered',
      );
      expect((await client().call('POST', `/v1/deliveries/${delivery?.id}/redeliver`)).status).toBeLessThan(
        300,
      );
      const [first, second] = await arrived('/ok-again', 2);
      if (!first || !second) throw new Error('no message');
      expect([second.id, second.body]).toEqual([first.id, first.body]);
      expect(second.signature.split(' ')).toContain(signatureOf(second, secret));
    });

    test('what fails is tried again with the same webhook-id, and a fresh timestamp under the signature', async () => {
      const { id, secret = '' } = await create('/twice');
      await sendTest(id);
      const [first, second] = await arrived('/twice', 2);
      if (!first || !second) throw new Error('no message');
      expect([second.id, second.body]).toEqual([first.id, first.body]);
      expect(second.signature.split(' ')).toContain(signatureOf(second, secret));
      const [delivery] = await until(
        () => deliveries(id),
        ([one]) => one?.status === 'delivered',
      );
      expect(delivery?.attempts.map(({ response_status }) => response_status)).toEqual([500, 200]);
    });

    test('while it fails, the next attempt is planned', async () => {
      const { id } = await create('/down');
      await sendTest(id);
      const [delivery] = await until(
        () => deliveries(id),
        ([one]) => (one?.attempts.length ?? 0) > 0,
      );
      expect(delivery?.status).toBe('pending');
      expect(Date.parse(delivery?.next_attempt_at ?? '')).toBeGreaterThan(Date.now() - 1000);
      await client().call('DELETE', `/v1/channels/${id}`);
    });

    test('a redirect is not followed and counts as failed', async () => {
      const { id } = await create('/redirect');
      await sendTest(id);
      await arrived('/redirect');
      const [delivery] = await until(
        () => deliveries(id),
        ([one]) => (one?.attempts.length ?? 0) > 0,
      );
      expect(delivery?.attempts[0]).toMatchObject({ response_status: 302 });
      expect(delivery?.status).not.toBe('delivered');
      expect(receiver.at('/followed')).toEqual([]);
      await client().call('DELETE', `/v1/channels/${id}`);
    });

    test('410 disables the channel and is not tried again', async () => {
      const { id } = await create('/gone');
      await sendTest(id);
      await until(
        () => client().get<Channel>(`/v1/channels/${id}`),
        ({ enabled }) => !enabled,
      );
      const [delivery] = await until(
        () => deliveries(id),
        ([one]) => one?.status !== 'pending',
      );
      expect(delivery).toMatchObject({ status: 'failed', next_attempt_at: null });
      expect(receiver.at('/gone')).toHaveLength(1);
    });

    test('a host that does not resolve may be saved', async () => {
      const answer = await client().call('POST', '/v1/channels', {
        body: { kind: 'webhook', name: 'Later', url: 'https://not-there-yet.invalid/hook' },
      });
      expect(answer.status, answer.text).toBeLessThan(300);
    });

    test.each<[string, object]>([
      ['no URL', { kind: 'webhook', name: 'x' }],
      ['no name', { kind: 'webhook', url: 'https://example.com/' }],
      ['a URL that is none', { kind: 'webhook', name: 'x', url: 'not a url' }],
      ['ftp', { kind: 'webhook', name: 'x', url: 'ftp://example.com/' }],
      ['file', { kind: 'webhook', name: 'x', url: 'file:///etc/passwd' }],
      ['an unknown kind', { kind: 'pigeon', name: 'x', url: 'https://example.com/' }],
      ['an unknown field', { kind: 'webhook', name: 'x', url: 'https://example.com/', colour: 1 }],
    ])('%s is 422', async (_, body) => {
      expect((await client().call('POST', '/v1/channels', { body })).status).toBe(422);
    });

    test('unknown ids are 404', async () => {
      const id = '00000000-0000-4000-8000-000000000000';
      for (const [method, path] of [
        ['GET', `channels/${id}`],
        ['DELETE', `channels/${id}`],
        ['POST', `channels/${id}/test`],
        ['GET', `channels/${id}/deliveries`],
        ['POST', `deliveries/${id}/redeliver`],
        ['GET', 'channels/not-an-id'],
        ['GET', `incidents/${id}`],
        ['POST', `incidents/${id}/acknowledge`],
        ['GET', 'incidents/not-an-id'],
      ] as const) {
        expect([path, (await client().call(method, `/v1/${path}`)).status]).toEqual([path, 404]);
      }
    });
  });
}

export function blockedDestinationsContract(client: () => Client): void {
  describe('private targets without WEBHOOK_ALLOW_PRIVATE', () => {
    const targets = [
      'http://127.0.0.1:9/',
      'http://localhost/',
      'http://10.1.2.3/',
      'http://172.16.0.1/',
      'http://192.168.1.1/',
      'http://169.254.169.254/latest/meta-data/',
      'http://[::1]/',
      'http://[fe80::1]/',
      'http://[fd00::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://0.0.0.0/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://127.1/',
      'http://100.64.0.1/',
      'http://localhost./',
      'http://[64:ff9b::7f00:1]/',
    ];
    test('all get the same 422 blocked-destination', async () => {
      const bodies = new Set<string>();
      for (const url of targets) {
        const { status, body, text } = await client().call('POST', '/v1/channels', {
          body: { kind: 'webhook', name: 'x', url },
        });
        expect([url, status, body?.type?.split('/').at(-1)], text).toEqual([url, 422, 'blocked-destination']);
        bodies.add(JSON.stringify({ ...body, request_id: '' }));
      }
      expect([...bodies]).toHaveLength(1);
    });

    test('also when an address is changed', async () => {
      const { id } = await client().send<Channel>('POST', '/v1/channels', {
        kind: 'webhook',
        name: 'x',
        url: 'https://not-there-yet.invalid/',
      });
      const answer = await client().call('PATCH', `/v1/channels/${id}`, {
        body: { url: 'http://127.0.0.1/' },
      });
      expect([answer.status, answer.body.type.split('/').at(-1)]).toEqual([422, 'blocked-destination']);
    });
  });
}
