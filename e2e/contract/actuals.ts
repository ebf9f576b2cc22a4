import { beforeAll, describe, expect, test } from 'vitest';
import { type Client, type Receipt, until } from './client.ts';

const slug = '/v1/models/actuals';
const at = '2001-02-01T06:30:00Z';

interface Stored {
  actual_label?: string | null;
  actual_score?: number | null;
  actual_timestamp?: string | null;
}

interface Performance {
  n_events: number;
  n_labelled: number;
  label_coverage: number | null;
  metrics: { metric: string; value: number | null; n: number }[];
}

export function actualsContract(client: () => Client): void {
  const postEvents = (model: string, ids: string[], extra: object = {}) =>
    client().send<Receipt>('POST', `${model}/events`, {
      events: ids.map((prediction_id) => ({
        prediction_id,
        prediction_timestamp: at,
        prediction_score: 0.9,
        ...extra,
      })),
    });
  const postActuals = (actuals: object[], model = slug) =>
    client().call<Receipt>('POST', `${model}/actuals`, { body: { actuals } });
  const stored = (id: string, model = slug) => client().get<Stored>(`${model}/events/${id}`);

  describe('actuals', () => {
    beforeAll(async () => {
      await client().send('PUT', slug, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
      });
      await client().send('PUT', `${slug}-regression`, { task: 'regression' });
    });

    test('after the prediction: the event shows it, 202 with the receipt of the contract', async () => {
      await postEvents(slug, ['after']);
      const answer = await postActuals([
        { prediction_id: 'after', actual_label: 'on_time', actual_timestamp: '2001-02-02T01:00:00+01:00' },
      ]);
      expect(answer.status).toBe(202);
      expect(answer.body).toMatchObject({
        batch_id: expect.any(String),
        accepted: 1,
        duplicates: 0,
        rejected: [],
      });
      const event = await stored('after');
      expect(event.actual_label).toBe('on_time');
      expect(Date.parse(event.actual_timestamp ?? '')).toBe(Date.parse('2001-02-02T00:00:00Z'));
    });

    test('before the prediction', async () => {
      expect((await postActuals([{ prediction_id: 'early', actual_label: 'late' }])).body.accepted).toBe(1);
      await postEvents(slug, ['early']);
      expect(await stored('early')).toMatchObject({ actual_label: 'late' });
    });

    test('a second one supersedes the first, the same again is a duplicate', async () => {
      await postEvents(slug, ['twice']);
      await postActuals([
        { prediction_id: 'twice', actual_label: 'late', actual_timestamp: '2001-02-02T00:00:00Z' },
      ]);
      const same = await postActuals([
        { prediction_id: 'twice', actual_label: 'late', actual_timestamp: '2001-02-02T00:00:00Z' },
      ]);
      expect(same.body).toMatchObject({ duplicates: 1, rejected: [] });
      const second = await postActuals([
        { prediction_id: 'twice', actual_label: 'on_time', actual_timestamp: '2001-02-03T00:00:00Z' },
      ]);
      expect(second.body).toMatchObject({ accepted: 1, rejected: [] });
      expect(await stored('twice')).toMatchObject({ actual_label: 'on_time' });
    });

    test('a second one without a time supersedes the first too', async () => {
      await postEvents(slug, ['untimed']);
      await postActuals([{ prediction_id: 'untimed', actual_label: 'late' }]);
      await postActuals([{ prediction_id: 'untimed', actual_label: 'on_time' }]);
      expect(await stored('untimed')).toMatchObject({ actual_label: 'on_time' });
    });

    test('one posted with the event is superseded by one posted after', async () => {
      await postEvents(slug, ['inline'], { actual_label: 'late' });
      expect(await stored('inline')).toMatchObject({ actual_label: 'late' });
      await postActuals([{ prediction_id: 'inline', actual_label: 'on_time' }]);
      expect(await stored('inline')).toMatchObject({ actual_label: 'on_time' });
    });

    test('regression takes actual_score', async () => {
      await postEvents(`${slug}-regression`, ['r-1'], { prediction_score: 12.5 });
      await postActuals([{ prediction_id: 'r-1', actual_score: -3.25 }], `${slug}-regression`);
      expect(await stored('r-1', `${slug}-regression`)).toMatchObject({ actual_score: -3.25 });
    });

    test.each<[string, object]>([
      ['no id', { actual_label: 'late' }],
      ['neither label nor score', { prediction_id: 'bad' }],
      ['a label that is a number', { prediction_id: 'bad', actual_label: 4 }],
      [
        'a time without offset',
        { prediction_id: 'bad', actual_label: 'late', actual_timestamp: '2001-02-02T00:00:00' },
      ],
      ['an unknown field', { prediction_id: 'bad', actual_label: 'late', truth: 1 }],
      ['an id of 129 letters', { prediction_id: 'i'.repeat(129), actual_label: 'late' }],
    ])('%s rejects the row alone, with its pointer', async (name, bad) => {
      const answer = await postActuals([{ prediction_id: `beside ${name}`, actual_label: 'late' }, bad]);
      expect(answer.status, answer.text).toBe(202);
      expect(answer.body.accepted).toBe(1);
      expect(answer.body.rejected).toMatchObject([
        {
          index: 1,
          code: expect.any(String),
          pointer: expect.stringMatching(/^\/actuals\/1/),
          detail: expect.any(String),
        },
      ]);
      expect((await postActuals([bad])).status).toBe(422);
    });

    test('ingest-status counts distinct ids with an actual', async () => {
      const model = '/v1/models/actuals-counted';
      await client().send('PUT', model, { task: 'binary_classification', positive_label: 'late' });
      await postEvents(model, ['a', 'b', 'c']);
      await postActuals(
        [
          { prediction_id: 'a', actual_label: 'late' },
          { prediction_id: 'b', actual_label: 'late' },
        ],
        model,
      );
      await postActuals([{ prediction_id: 'a', actual_label: 'on_time' }], model);
      expect(await client().get(`${model}/ingest-status`)).toMatchObject({ events: 3, actuals: 2 });
    });

    test('late labels, corrections and retractions change what is answered about their window', async () => {
      const model = '/v1/models/actuals-late';
      const ask = () =>
        client().get<Performance>(`${model}/performance`, {
          from: '2001-02-01T00:00:00Z',
          to: '2001-02-02T00:00:00Z',
        });
      const accuracy = ({ metrics }: Performance) => metrics.find(({ metric }) => metric === 'accuracy');
      const ids = Array.from({ length: 40 }, (_, i) => `late-${i}`);
      await client().send('PUT', model, {
        task: 'binary_classification',
        positive_label: 'late',
        decision_threshold: 0.5,
      });
      await postEvents(model, ids);
      await until(ask, ({ n_events }) => n_events === 40);
      await postActuals(
        ids.map((prediction_id, i) => ({ prediction_id, actual_label: i < 30 ? 'late' : 'on_time' })),
        model,
      );
      const labelled = await until(ask, ({ n_labelled }) => n_labelled === 40);
      expect(labelled.label_coverage).toBe(1);
      expect(accuracy(labelled)).toMatchObject({ value: 0.75, n: 40 });
      await postActuals([{ prediction_id: 'late-0', actual_label: 'on_time' }], model);
      await until(ask, (answer) => accuracy(answer)?.value === 29 / 40);
      const retraction = await postActuals([{ prediction_id: 'late-0', actual_label: null }], model);
      expect(retraction.status, retraction.text).toBe(202);
      const retracted = await until(ask, ({ n_labelled }) => n_labelled === 39);
      expect(accuracy(retracted)).toMatchObject({ n: 39 });
      expect(accuracy(retracted)?.value).toBeCloseTo(29 / 39, 12);
    });
  });
}
