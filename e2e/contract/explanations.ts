import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from './client.ts';

interface Explanation {
  base_value: number | null;
  score: number | null;
  contributions: { feature: string; value: unknown; contribution: number }[];
  additive: boolean;
  status?: string;
  narrative: { audience: string; text: string };
  evidence: Record<string, unknown>;
}

const slug = '/v1/models/explained';
const audiences = ['data_scientist', 'business', 'auditor', 'operator', 'subject'];

function* numbersIn(value: unknown): Generator<number> {
  if (typeof value === 'number') yield value;
  else if (typeof value === 'string')
    yield* [...value.matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits));
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      yield* numbersIn(key);
      yield* numbersIn(inner);
    }
  }
}

/** Whether a number of a text is one of the evidence, as it is or rounded to the digits the text shows. */
function isFound(digits: string, evidence: number[]): boolean {
  const decimals = digits.split('.')[1]?.length ?? 0;
  const shown = Math.abs(Number(digits));
  return evidence.some((value) => Math.abs(Math.abs(value) - shown) <= 0.5000001 * 10 ** -decimals);
}

export function explanationsContract(client: () => Client): void {
  const explain = (id: string, query = '') =>
    client().get<Explanation>(`${slug}/events/${id}/explanation${query}`);

  describe('explanations of one prediction', () => {
    beforeAll(async () => {
      await client().send('PUT', slug, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
        features: [
          { name: 'distance', kind: 'numeric' },
          { name: 'origin', kind: 'categorical' },
          { name: 'hour', kind: 'numeric' },
        ],
      });
      const event = {
        prediction_timestamp: '2001-02-01T06:30:00Z',
        prediction_score: 0.7125,
        prediction_label: 'late',
        features: { distance: 2176, origin: 'LAS', hour: 6 },
      };
      await client().send('POST', `${slug}/events`, {
        model_version: '2001.01',
        events: [
          {
            ...event,
            prediction_id: 'with',
            shap_values: { distance: 0.2, origin: -0.05, hour: 0.3525 },
            shap_base_value: 0.21,
          },
          { ...event, prediction_id: 'without' },
          { ...event, prediction_id: 'no-base', shap_values: { distance: 0.2 } },
        ],
      });
    });

    test.each(['', ...audiences.map((audience) => `?audience=${audience}`)])(
      'its shape with query "%s"',
      async (query) => {
        const answer = await explain('with', query);
        expect(answer).toMatchObject({
          base_value: 0.21,
          score: 0.7125,
          additive: true,
          evidence: expect.any(Object),
        });
        expect(answer.contributions).toEqual([
          { feature: 'hour', value: 6, contribution: 0.3525 },
          { feature: 'distance', value: 2176, contribution: 0.2 },
          { feature: 'origin', value: 'LAS', contribution: -0.05 },
        ]);
        if (query) expect(answer.narrative.audience).toBe(query.split('=')[1]);
        expect(answer.narrative.text.length).toBeGreaterThan(20);
      },
    );

    test.each(audiences.flatMap((audience) => ['with', 'without', 'no-base'].map((id) => [audience, id])))(
      'every number told to the %s about event "%s" is in the evidence',
      async (audience, id) => {
        const { narrative, evidence } = await explain(id ?? '', `?audience=${audience}`);
        const known = [...numbersIn(evidence)];
        const told = [...narrative.text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([digits]) =>
          digits.replace(/,/g, ''),
        );
        expect(
          told.filter((digits) => !isFound(digits, known)),
          `${narrative.text} ${JSON.stringify(evidence)}`,
        ).toEqual([]);
      },
    );

    test('audiences are told different texts', async () => {
      const texts = await Promise.all(
        audiences.map(async (audience) => (await explain('with', `?audience=${audience}`)).narrative.text),
      );
      expect(new Set(texts).size).toBe(audiences.length);
    });

    test('no attributions: empty contributions and a status', async () => {
      const answer = await explain('without');
      expect(answer).toMatchObject({
        contributions: [],
        status: expect.any(String),
        score: 0.7125,
        narrative: { text: expect.any(String) },
      });
      expect(answer.status).not.toBe('ok');
    });

    test('an unknown audience is 422, an unknown event 404', async () => {
      expect((await client().call('GET', `${slug}/events/with/explanation?audience=child`)).status).toBe(422);
      expect((await client().call('GET', `${slug}/events/absent/explanation`)).status).toBe(404);
    });
  });
}
