import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client, Problem, Receipt, RequestOptions } from './client.ts';

const slug = '/v1/models/envelope';
const at = '2001-02-01T06:30:00Z';
const row = (prediction_id: string, extra: object = {}) => ({
  prediction_id,
  prediction_timestamp: at,
  prediction_score: 0.25,
  ...extra,
});
const bytes = (buffer: Buffer) => new Uint8Array(buffer);

export function envelopeContract(client: () => Client): void {
  const post = <Body = Problem & Receipt>(options: RequestOptions, path = 'events') =>
    client().call<Body>('POST', `${slug}/${path}`, options);
  const isStored = async (id: string) => (await client().call('GET', `${slug}/events/${id}`)).status === 200;

  describe('how bodies are sent', () => {
    beforeAll(() =>
      client().send('PUT', slug, { task: 'regression', features: [{ name: 'x', kind: 'numeric' }] }),
    );

    test('the same Idempotency-Key and body gives the same answer, marked, and stores nothing twice', async () => {
      const options = {
        body: { events: [row('key-1'), row('key-2', { features: { x: 'a' } })] },
        headers: { 'idempotency-key': 'key-a' },
      };
      const first = await post(options);
      const again = await post(options);
      expect([first.status, again.status]).toEqual([202, 202]);
      expect(first.headers.get('idempotent-replayed')).not.toBe('true');
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(again.body).toEqual(first.body);
      expect(again.body).toMatchObject({ accepted: 1, duplicates: 0, rejected: [{ index: 1 }] });
    });

    test('the same Idempotency-Key with another body is 422 idempotency-key-reuse and stores nothing', async () => {
      const headers = { 'idempotency-key': 'key-b' };
      await post({ body: { events: [row('reuse-1')] }, headers });
      const answer = await post({ body: { events: [row('reuse-2')] }, headers });
      expect([answer.status, answer.body.type.split('/').at(-1)]).toEqual([422, 'idempotency-key-reuse']);
      expect(await isStored('reuse-2')).toBe(false);
    });

    test('requests at the same time with one key: one is stored, the others replay it or are 409', async () => {
      const events = Array.from({ length: 3000 }, (_, i) => row(`race-${i}`));
      const options = { body: { events }, headers: { 'idempotency-key': 'key-c' } };
      const answers = await Promise.all(Array.from({ length: 4 }, () => post(options)));
      for (const { status, body, text } of answers) {
        expect([202, 409], text).toContain(status);
        if (status === 202) expect(body).toMatchObject({ accepted: 3000, duplicates: 0 });
      }
      expect(answers.some(({ status }) => status === 202)).toBe(true);
      const after = await post(options);
      expect([after.status, after.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
    });

    test('keys of one model do not reach into another, nor from events to actuals', async () => {
      const headers = { 'idempotency-key': 'key-d' };
      await post({ body: { events: [row('scope-1')] }, headers });
      const actuals = { actuals: [{ prediction_id: 'scope-1', actual_score: 1 }] };
      const answer = await post({ body: actuals, headers }, 'actuals');
      expect([202, 422]).toContain(answer.status);
    });

    test('actuals honour Idempotency-Key too', async () => {
      const options = {
        body: { actuals: [{ prediction_id: 'key-1', actual_score: 1 }] },
        headers: { 'idempotency-key': 'key-e' },
      };
      await post(options, 'actuals');
      expect((await post(options, 'actuals')).headers.get('idempotent-replayed')).toBe('true');
    });

    test('an Idempotency-Key that is empty or overlong is refused', async () => {
      for (const key of ['', 'k'.repeat(300)]) {
        const answer = await post({
          body: { events: [row('bad-key')] },
          headers: { 'idempotency-key': key },
        });
        expect([202, 400, 422], answer.text).toContain(answer.status);
        if (key !== '') expect(answer.status).not.toBe(202);
      }
    });

    test('NDJSON: one event a line, what the envelope would say in the query, blank lines do not count', async () => {
      const lines = [row('nd-1'), row('nd-2'), row('nd-3')].map((event) => JSON.stringify(event));
      const raw = `${lines[0]}\n${lines[1]}\r\n\n${lines[2]}`;
      const query = 'events?model_version=v9&environment=validation';
      const answer = await post({ raw, type: 'application/x-ndjson' }, query);
      expect([answer.status, answer.body.accepted, answer.body.rejected]).toEqual([202, 3, []]);
      expect(await client().get(`${slug}/events/nd-3`)).toMatchObject({
        model_version: 'v9',
        environment: 'validation',
      });
    });

    test('NDJSON: a line that is not JSON is a rejected row, the others go on', async () => {
      const raw = [
        JSON.stringify(row('nl-1')),
        '{"prediction_id": "nl-2", ',
        '17',
        JSON.stringify(row('nl-4', { rank: 'x' })),
        JSON.stringify(row('nl-5')),
      ].join('\n');
      const { status, body, text } = await post({ raw, type: 'application/x-ndjson' });
      expect([status, body.accepted], text).toEqual([202, 2]);
      expect(body.rejected.map(({ index }) => index)).toEqual([1, 2, 3]);
      for (const rejected of body.rejected) {
        expect(rejected).toEqual({
          index: expect.any(Number),
          prediction_id: rejected.index === 3 ? 'nl-4' : null,
          code: expect.any(String),
          pointer: expect.any(String),
          detail: expect.any(String),
        });
      }
      expect((await post({ raw: 'no\nnever', type: 'application/x-ndjson' })).status).toBe(422);
    });

    test('NDJSON has no row limit, also gzipped, and a duplicate far away still counts once', async () => {
      const lines = Array.from({ length: 20_500 }, (_, i) => JSON.stringify(row(`long-${i % 20_499}`)));
      const answer = await post({
        raw: bytes(gzipSync(lines.join('\n'))),
        type: 'application/x-ndjson',
        headers: { 'content-encoding': 'gzip' },
      });
      expect(
        [answer.status, answer.body.accepted, answer.body.duplicates],
        answer.text.slice(0, 300),
      ).toEqual([202, 20_499, 1]);
    });

    test.each<[string, RequestOptions, number[]]>([
      ['no body', { raw: '' }, [400, 422]],
      ['half a JSON', { raw: '{"events": [' }, [400]],
      ['a trailing comma', { raw: '{"events": [],}' }, [400]],
      [
        'the literal NaN',
        {
          raw: `{"events": [{"prediction_id": "n", "prediction_timestamp": "${at}", "prediction_score": NaN}]}`,
        },
        [400],
      ],
      [
        'bytes that are not UTF-8',
        { raw: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
        [400, 422],
      ],
      ['null', { raw: 'null' }, [422, 400]],
      ['an array', { raw: '[]' }, [422]],
      ['no events', { body: {} }, [422]],
      ['an empty list of events', { body: { events: [] } }, [422]],
      ['events that are no list', { body: { events: 'many' } }, [422]],
      ['an unknown field of the envelope', { body: { events: [row('u')], colour: 'red' } }, [422]],
      ['an unknown environment', { body: { environment: 'staging', events: [row('u')] } }, [422]],
      ['a model_version that is a number', { body: { model_version: 3, events: [row('u')] } }, [422]],
      ['plain text', { raw: 'hello', type: 'text/plain' }, [415]],
      ['XML', { raw: '<a/>', type: 'application/xml' }, [415]],
      ['a form', { raw: 'a=b', type: 'application/x-www-form-urlencoded' }, [415]],
      [
        'an unknown encoding',
        { body: { events: [row('u')] }, headers: { 'content-encoding': 'x-foo' } },
        [415],
      ],
      [
        'plain JSON labelled gzip',
        { body: { events: [row('u')] }, headers: { 'content-encoding': 'gzip' } },
        [400],
      ],
      [
        'half a gzip',
        {
          raw: bytes(gzipSync(JSON.stringify({ events: [row('u')] })).subarray(0, 40)),
          headers: { 'content-encoding': 'gzip' },
        },
        [400],
      ],
      [
        'more than 10 MB',
        { raw: `{"events": [], "model_version": "${'v'.repeat(11 * 1024 * 1024)}"}` },
        [413],
      ],
      [
        'a gzip that unpacks to 60 MB',
        {
          raw: bytes(gzipSync(`{"events": [${' '.repeat(60 * 1024 * 1024)}]}`)),
          headers: { 'content-encoding': 'gzip' },
        },
        [413],
      ],
      [
        'lists nested 20,000 deep',
        { raw: `{"events": ${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
        [400, 422],
      ],
      ['an unknown query value', { body: { events: [row('u')] } }, [202, 422]],
    ])('%s has its own status and stores nothing', async (name, options, statuses) => {
      const answer = await post(
        options,
        name === 'an unknown query value' ? 'events?dry_run=perhaps' : 'events',
      );
      expect(statuses, answer.text.slice(0, 300)).toContain(answer.status);
      if (answer.status >= 400) expect(await isStored('u')).toBe(false);
    });

    test('a key named __proto__ harms nothing', async () => {
      const raw = `{"events": [{"prediction_id": "proto", "prediction_timestamp": "${at}", "features": {"__proto__": {"polluted": 1}, "x": 1}}, ${JSON.stringify(row('proto-2'))}]}`;
      const answer = await post({ raw });
      expect(answer.status).toBeLessThan(500);
      expect((await post({ body: { events: [row('after-proto')] } })).body.accepted).toBe(1);
    });

    test('type names in upper case and with a charset are fine', async () => {
      for (const type of ['application/json; charset=UTF-8', 'APPLICATION/JSON']) {
        const answer = await post({ body: { events: [row(`type-${type.length}`)] }, type });
        expect(answer.status, answer.text).toBe(202);
      }
    });
  });
}
