import { beforeAll, describe, expect, test } from 'vitest';
import type { Client, Receipt } from './client.ts';

const slug = '/v1/models/rows';
const at = '2001-02-01T06:30:00Z';
const row = (prediction_id: string, extra: object = {}) => ({
  prediction_id,
  prediction_timestamp: at,
  features: { distance: 2176, origin: 'LAS' },
  prediction_score: 0.71,
  ...extra,
});

export function rowsContract(client: () => Client): void {
  const post = (body: unknown) => client().call<Receipt>('POST', `${slug}/events`, { body });

  describe('rows of events', () => {
    beforeAll(async () => {
      await client().send('PUT', slug, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
        features: [
          { name: 'distance', kind: 'numeric', min: 0, max: 5000 },
          { name: 'origin', kind: 'categorical' },
          { name: 'weekend', kind: 'boolean' },
          { name: 'note', kind: 'embedding' },
        ],
      });
    });

    test('a bad row is named by index, code, pointer and detail, the good rows go on', async () => {
      const bad = row('f-8', { features: { distance: 'far', origin: 'LAS' } });
      const answer = await post({ events: [row('good-1'), bad, row('good-2')] });
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({ accepted: 2, duplicates: 0 });
      expect(answer.body.rejected).toEqual([
        {
          index: 1,
          prediction_id: 'f-8',
          code: 'type_mismatch',
          pointer: '/events/1/features/distance',
          detail: 'expected a number, got "far"',
        },
      ]);
      expect((await client().call('GET', `${slug}/events/f-8`)).status).toBe(404);
      expect((await client().call('GET', `${slug}/events/good-2`)).status).toBe(200);
    });

    const minutesAhead = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });
    test.each<[string, object, string]>([
      ['a time before 1980', { prediction_timestamp: '1979-12-31T23:59:59Z' }, '/prediction_timestamp'],
      ['epoch seconds before 1980', { prediction_timestamp: 300_000_000 }, '/prediction_timestamp'],
      ['a time an hour ahead', { prediction_timestamp: minutesAhead(60) }, '/prediction_timestamp'],
      ['a time without offset', { prediction_timestamp: '2001-02-01T06:30:00' }, '/prediction_timestamp'],
      ['30 February', { prediction_timestamp: '2001-02-30T00:00:00Z' }, '/prediction_timestamp'],
      ['no time', { prediction_timestamp: undefined }, '/prediction_timestamp'],
      ['a number as text', { features: { distance: '2176' } }, '/features/distance'],
      ['true for a number', { features: { distance: true } }, '/features/distance'],
      ['a number for a boolean', { features: { weekend: 1 } }, '/features/weekend'],
      ['an object as feature', { features: { origin: nested(2) } }, '/features/origin'],
      ['an id that is a number', { prediction_id: 5 }, '/prediction_id'],
      ['an empty id', { prediction_id: '' }, '/prediction_id'],
      ['an id of 129 letters', { prediction_id: 'i'.repeat(129) }, '/prediction_id'],
      ['no id', { prediction_id: undefined }, '/prediction_id'],
      ['an unknown field', { prediction_colour: 'red' }, '/prediction_colour'],
      ['a probability above 1', { prediction_score: 1.2 }, '/prediction_score'],
      ['a score that is text', { prediction_score: '0.3' }, '/prediction_score'],
      ['a label that is a number', { prediction_label: 1 }, '/prediction_label'],
      ['a feature name of 257 letters', { features: { ['n'.repeat(257)]: 1 } }, '/features'],
      [
        '1,001 features',
        { features: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, 1])) },
        '/features',
      ],
      ['more than 256 KiB', { tags: { channel: 'c'.repeat(257 * 1024) } }, ''],
      ['a NUL in the id', { prediction_id: 'a\u0000b' }, '/prediction_id'],
      ['a rank that is text', { rank: 'third' }, '/rank'],
      ['an attribution that is text', { shap_values: { distance: 'big' } }, '/shap_values/distance'],
      [
        'a vector that is text',
        { embedding_features: { note: { vector: 'no' } } },
        '/embedding_features/note',
      ],
    ])('%s rejects the row alone', async (name, extra, pointer) => {
      const good = row(`beside ${name}`);
      const answer = await post({ events: [row(`bad ${name}`, extra), good] });
      expect(answer.status, answer.text).toBe(202);
      expect(answer.body.accepted).toBe(1);
      expect(answer.body.rejected).toHaveLength(1);
      const [rejected] = answer.body.rejected;
      expect(rejected).toMatchObject({
        index: 0,
        code: expect.stringMatching(/^[a-z_]+$/),
        detail: expect.any(String),
      });
      expect(rejected?.pointer.startsWith(`/events/0${pointer}`), rejected?.pointer).toBe(true);
    });

    test.each<[string, object]>([
      ['a time 9 minutes ahead', { prediction_timestamp: minutesAhead(9) }],
      ['1 January 1980', { prediction_timestamp: '1980-01-01T00:00:00Z' }],
      ['an id of 128 letters', { prediction_id: 'i'.repeat(128) }],
      ['an id of slashes, spaces and quotes', { prediction_id: `a/b c'"%2F` }],
      ['features named like object members', { features: { toString: 1, constructor: 'x' } }],
      ['null for a feature', { features: { distance: null, origin: null } }],
      ['no features', { features: undefined }],
      ['emoji and SQL', { features: { origin: `✈️'); drop table event;--` } }],
    ])('%s is accepted and given back', async (name, extra) => {
      const event = row(`fine ${name}`, extra);
      const answer = await post({ events: [event] });
      expect(answer.body, answer.text).toMatchObject({ accepted: 1, rejected: [] });
      const stored = await client().get<{ prediction_id: string }>(
        `${slug}/events/${encodeURIComponent(event.prediction_id)}`,
      );
      expect(stored.prediction_id).toBe(event.prediction_id);
    });
  });
}
