import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, type Problem, type Receipt, until } from './client.ts';

const slug = '/v1/models/hostile';
const row = (id: string, rest: string) =>
  `{"prediction_id": "${id}", "prediction_timestamp": "2001-02-01T00:00:00Z", ${rest}}`;

/** The JSON of the rest of a row, and whether the row is taken, refused, or either. */
const rows: [string, string, 'taken' | 'refused' | 'either'][] = [
  ['1e400', '"prediction_score": 1e400', 'refused'],
  ['a feature of -1e400', '"prediction_score": 1, "features": {"x": -1e400}', 'refused'],
  ['a lone surrogate', '"prediction_score": 1, "features": {"colour": "\\ud800"}', 'refused'],
  ['NUL in a text', '"prediction_score": 1, "features": {"colour": "a\\u0000b"}', 'refused'],
  ['NUL in a name', '"prediction_score": 1, "features": {"a\\u0000b": 1}', 'refused'],
  ['an empty name', '"prediction_score": 1, "features": {"": 1}', 'refused'],
  ['a list for the features', '"prediction_score": 1, "features": [1]', 'refused'],
  ['a list for the tags', '"prediction_score": 1, "tags": ["a"]', 'refused'],
  ['a number for the subject', '"prediction_score": 1, "subject_id": 5', 'refused'],
  ['null attributions', '"prediction_score": 1, "shap_values": {"x": null}', 'refused'],
  [
    'null for what may be left out',
    '"prediction_score": 1, "tags": null, "shap_values": null, "subject_id": null, "group_id": null, "rank": null, "embedding_features": null, "prediction_label": null',
    'taken',
  ],
  ['minus zero', '"prediction_score": -0', 'taken'],
  ['an underflow', '"prediction_score": 1e-400', 'taken'],
  ['2^53 + 1', '"prediction_score": 9007199254740993', 'either'],
  ['the same key twice', '"prediction_score": 1, "prediction_score": 2', 'either'],
  ['__proto__', '"prediction_score": 1, "features": {"__proto__": {"polluted": true}}', 'either'],
  [
    'constructor.prototype',
    '"prediction_score": 1, "constructor": {"prototype": {"polluted": true}}',
    'either',
  ],
  ['a very long text', `"prediction_score": 1, "features": {"colour": "${'x'.repeat(200_000)}"}`, 'either'],
  ['right to left marks', '"prediction_score": 1, "features": {"colour": "\u202Egnp.exe"}', 'taken'],
];

export function hostileContract(client: () => Client): void {
  describe('hostile rows', () => {
    beforeAll(() =>
      client().send('PUT', slug, {
        task: 'regression',
        features: [
          { name: 'x', kind: 'numeric' },
          { name: 'colour', kind: 'categorical' },
        ],
      }),
    );

    test.each(rows)('%s', async (name, rest, outcome) => {
      const id = `h ${name.replace(/[^\w ]/g, '')}`;
      const raw = `{"events": [${row(id, rest)}, ${row(`good ${id}`, '"prediction_score": 1')}]}`;
      const { status, body, text } = await client().call<Problem & Receipt>('POST', `${slug}/events`, {
        raw,
      });
      if (outcome === 'either') expect(status).toBeLessThan(500);
      else
        expect([status, body.accepted, body.rejected?.length], text).toEqual(
          outcome === 'taken' ? [202, 2, 0] : [202, 1, 1],
        );
      const stored = await client().call('GET', `${slug}/events/${encodeURIComponent(id)}`);
      if (outcome !== 'either') expect(stored.status).toBe(outcome === 'taken' ? 200 : 404);
      else expect([200, 404]).toContain(stored.status);
    });

    test('all is well afterwards', async () => {
      await until(
        () => client().get<{ events: number; mirrored_events: number }>(`${slug}/ingest-status`),
        ({ events, mirrored_events }) => events === mirrored_events,
      );
      for (const path of [
        '',
        '/quality',
        '/drift',
        '/performance',
        '/quarantine',
        '/distribution?column=colour',
        '/timeseries?metric=missing_rate&column=x',
      ]) {
        const { status, text } = await client().call('GET', `${slug}${path}`);
        expect(status, text).toBe(200);
      }
    });

    test('the quarantine is paged by cursor, each row once', async () => {
      interface Page {
        data: { id: string }[];
        next_cursor: string | null;
      }
      const all = await client().get<Page>(`${slug}/quarantine`, { limit: '1000' });
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await client().get(`${slug}/quarantine`, {
          limit: '4',
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.next_cursor;
      } while (cursor !== null);
      expect(seen).toEqual(all.data.map(({ id }) => id));
      expect(seen.length).toBeGreaterThan(8);
    });
  });
}
