import { beforeAll, describe, expect, test } from 'vitest';
import type { Distribution, Drift, Performance, Series } from './answers.ts';
import { type Client, until } from './client.ts';
import { distances, performanceOf } from './expected.ts';
import {
  day,
  flightModel,
  flights,
  hour,
  period,
  reference,
  referenceEvents,
  start,
  toEvent,
} from './flights.ts';

const slug = '/v1/models/flights';

const iso = (time: number) => new Date(time).toISOString();
const total = (values: (number | null)[]) => values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** Loads the flights with their actuals and their reference; the windows, filters and slices ask the same model. */
async function loadFlights(client: Client): Promise<void> {
  await client.send('PUT', slug, flightModel);
  await client.send('POST', `${slug}/reference`, { events: referenceEvents });
  for (const version of ['v1', 'v2']) {
    const events = flights.filter((flight) => flight.version === version).map(toEvent);
    await client.send('POST', `${slug}/events`, { model_version: version, events });
  }
  const validation = flights
    .slice(0, 7)
    .map((flight) => ({ ...toEvent(flight), prediction_id: `val-${flight.prediction_id}` }));
  await client.send('POST', `${slug}/events`, {
    environment: 'validation',
    model_version: 'v1',
    events: validation,
  });
  const actuals = flights.flatMap(({ prediction_id, actual }) =>
    actual === null ? [] : [{ prediction_id, actual_label: actual }],
  );
  await client.send('POST', `${slug}/actuals`, { actuals });
  await until(
    () => client.get<Performance>(`${slug}/performance`, period),
    ({ n_events, n_labelled }) => n_events === flights.length && n_labelled === actuals.length,
  );
}

export function questionsContract(client: () => Client): void {
  const ask = <Body>(path: string, query: Record<string, string> = {}) =>
    client().get<Body>(`${slug}/${path}`, { ...period, ...query });

  describe('questions', () => {
    beforeAll(() => loadFlights(client()));

    test.each<['x' | 'origin' | 'flag', string, string[]]>([
      ['x', 'numeric', ['js_distance', 'hellinger', 'tvd', 'l_infinity', 'ks', 'wasserstein_normed']],
      ['origin', 'categorical', ['js_distance', 'hellinger', 'tvd', 'l_infinity', 'chi_square']],
      ['flag', 'boolean', ['js_distance', 'hellinger', 'tvd', 'l_infinity', 'chi_square']],
    ])('drift of %s is what its formulas give', async (name, kind, metrics) => {
      const report = await ask<Drift>('drift');
      const column = report.columns.find((one) => one.column === name || one.column === `features.${name}`);
      const known = flights.map((flight) => flight[name]).filter((value) => value !== null);
      const expected = distances(
        reference.map((row) => row[name] ?? ''),
        known,
      );
      expect(column).toMatchObject({ kind, n_reference: 400, n_current: known.length });
      expect(column?.missing_rate).toBeCloseTo(1 - known.length / flights.length, 10);
      for (const metric of metrics) {
        const found = column?.metrics.find((one) => one.metric === metric);
        expect(found, metric).toMatchObject({
          status: 'ok',
          drifted: expect.any(Boolean),
          exactness: expect.stringMatching(/^(exact|binned)$/),
        });
        expect(found?.value, metric).toBeCloseTo(expected[metric as keyof typeof expected], 6);
        expect(found).toHaveProperty('p_value');
        expect(found).toHaveProperty('threshold');
      }
      const psi = column?.metrics.find(({ metric }) => metric === 'psi');
      expect(psi?.value).toEqual(expect.any(Number));
      if (name === 'flag') expect(psi?.value).toBeCloseTo(expected.psi, 2);
    });

    test('drift has its window, its reference, the share of drifted columns and all metrics of the contract', async () => {
      const report = await ask<Drift>('drift');
      expect([Date.parse(report.window.from), Date.parse(report.window.to)]).toEqual([
        start,
        start + 3 * day,
      ]);
      expect(report.reference).not.toBeNull();
      expect(report.dataset).toMatchObject({ drifted_share: expect.any(Number), status: 'ok' });
      const names = new Set(report.columns.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)));
      for (const metric of [
        'psi',
        'js_distance',
        'hellinger',
        'wasserstein_normed',
        'ks',
        'chi_square',
        'tvd',
        'l_infinity',
      ]) {
        expect([...names]).toContain(metric);
      }
      expect(report.columns.some(({ column }) => column === 'prediction_score')).toBe(true);
    });

    test('distribution: counts and shares of both sides, nothing lost in bins', async () => {
      for (const column of ['origin', 'features.origin']) {
        const { bins } = await ask<Distribution>('distribution', { column });
        expect(total(bins.map(({ reference_count }) => reference_count))).toBe(400);
        expect(total(bins.map(({ current_count }) => current_count))).toBe(
          flights.filter(({ origin }) => origin !== null).length,
        );
        expect(total(bins.map(({ reference_share }) => reference_share))).toBeCloseTo(1, 9);
        expect(total(bins.map(({ current_share }) => current_share))).toBeCloseTo(1, 9);
        const a = bins.find(({ label }) => label === 'A');
        expect(a).toMatchObject({
          reference_count: 134,
          current_count: flights.filter(({ origin }) => origin === 'A').length,
        });
      }
      const { bins } = await ask<Distribution>('distribution', { column: 'x' });
      expect(total(bins.map(({ current_count }) => current_count))).toBe(360);
    });

    test('timeseries of volume by hour, day and week', async () => {
      const days = await ask<Series>('timeseries', { metric: 'volume', granularity: 'day' });
      expect(days.points.map(({ window_start, value }) => [Date.parse(window_start), value])).toEqual(
        [0, 1, 2].map((i) => [start + i * day, 120]),
      );
      const hours = await ask<Series>('timeseries', { metric: 'volume', granularity: 'hour' });
      expect(hours.points).toHaveLength(72);
      expect(hours.points.every(({ value }) => value === 5)).toBe(true);
      const weeks = await ask<Series>('timeseries', { metric: 'volume', granularity: 'week' });
      expect(total(weeks.points.map(({ value }) => value))).toBe(360);
    });

    test('timeseries of accuracy and of drift of a column', async () => {
      const accuracy = await ask<Series>('timeseries', { metric: 'accuracy', granularity: 'day' });
      for (const [i, point] of accuracy.points.entries()) {
        const expected = performanceOf(flights.slice(i * 120, (i + 1) * 120));
        expect(point).toMatchObject({
          n: expected.n,
          status: 'ok',
          lower: expect.any(Number),
          upper: expect.any(Number),
        });
        expect(point.value).toBeCloseTo(expected.exact.accuracy, 10);
        expect(point).toHaveProperty('threshold');
      }
      const drift = await ask<Series>('timeseries', { metric: 'tvd', column: 'flag', granularity: 'day' });
      expect(drift.points).toHaveLength(3);
      for (const [i, { value }] of drift.points.entries()) {
        const current = flights.slice(i * 120, (i + 1) * 120).map(({ flag }) => flag);
        expect(value).toBeCloseTo(
          distances(
            reference.map(({ flag }) => flag),
            current,
          ).tvd,
          6,
        );
      }
    });

    test('performance: metrics, intervals, confusion matrix, curves and coverage', async () => {
      const expected = performanceOf(flights);
      const report = await ask<Performance>('performance');
      expect(report).toMatchObject({ n_events: 360, n_labelled: expected.n });
      expect(report.label_coverage).toBeCloseTo(expected.coverage, 12);
      const metric = (name: string) => report.metrics.find((one) => one.metric === name);
      for (const [name, value] of Object.entries(expected.exact)) {
        expect(metric(name)?.value, name).toBeCloseTo(value, 6);
        expect(metric(name), name).toMatchObject({ status: 'ok', n: expect.any(Number) });
        expect(metric(name), name).toHaveProperty('estimated');
      }
      expect(metric('roc_auc')?.value).toBeCloseTo(expected.rocAuc, 4);
      expect(metric('average_precision')?.value).toEqual(expect.any(Number));
      for (const name of ['accuracy', 'precision', 'recall']) {
        const { value, lower, upper } = metric(name) ?? {};
        expect([Number(lower) < Number(value), Number(value) < Number(upper)]).toEqual([true, true]);
      }
      const { labels, counts, ...cells } = report.confusion_matrix;
      expect(cells).toEqual(expected.matrix);
      const [late, onTime] = [labels.indexOf('late'), labels.indexOf('on_time')];
      const { tp, fp, fn, tn } = expected.matrix;
      expect([
        counts[late]?.[late],
        counts[onTime]?.[late],
        counts[late]?.[onTime],
        counts[onTime]?.[onTime],
      ]).toEqual([tp, fp, fn, tn]);
      expect(Object.keys(report.curves).sort().join()).toMatch(/calibration.*p.*r.*roc/);
    });

    test('too few labels are a status and null, not a number', async () => {
      const narrow = { from: iso(start), to: iso(start + hour) };
      const report = await ask<Performance>('performance', {
        ...narrow,
        filter: JSON.stringify({ field: 'prediction_score', op: 'gt', value: 2 }),
      });
      expect(report).toMatchObject({ n_events: 0, n_labelled: 0, label_coverage: null });
      for (const { value, status } of report.metrics) {
        if (status !== 'ok') expect(value).toBeNull();
        else expect(value).toEqual(expect.any(Number));
      }
      expect(report.metrics.find(({ metric }) => metric === 'accuracy')?.value ?? null).toBeNull();
    });

    test('quality: missing, unseen and out of range', async () => {
      const { columns } = await ask<{ columns: Record<string, unknown>[] }>('quality');
      const column = (name: string) => columns.find((one) => String(one.column).endsWith(name));
      const missing = flights.filter(({ origin }) => origin === null).length;
      expect(column('origin')).toMatchObject({
        missing,
        unseen: flights.filter(({ origin }) => origin === 'Z').length,
      });
      expect(column('origin')?.missing_rate).toBeCloseTo(missing / 360, 10);
      expect(column('x')).toMatchObject({ missing: 0, out_of_range: 45 });
      expect(column('x')?.out_of_range_rate).toBeCloseTo(45 / 360, 10);
    });
  });
}
