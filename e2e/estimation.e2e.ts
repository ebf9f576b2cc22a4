import type { PerformanceAnswer } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { checkAccessibility, sidewaysOverflow, untilSettled } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';
import { waitUntil } from './wait-until.ts';

const model = '/models/trips';
const monday = Date.UTC(2026, 0, 5);
const hourMs = 3_600_000;

const session = openSignedIn();

/** Trips whose error grows with the distance, above and below in turns. */
const trips = (prefix: string, n: number, startMs: number, hasActuals: boolean) =>
  Array.from({ length: n }, (_, i) => {
    const distance = ((i * 37) % 101) / 10;
    const prediction = 20 + 10 * distance;
    const error = (distance * (((i * 13) % 17) + 1)) / 17;
    return {
      prediction_id: `${prefix}${i}`,
      prediction_timestamp: new Date(startMs + (i * 24 * hourMs) / n).toISOString(),
      features: { distance, origin: i % 3 === 0 ? 'JFK' : 'LAS' },
      prediction_score: prediction,
      ...(hasActuals ? { actual_score: prediction + (i % 2 === 0 ? error : -error) } : {}),
    };
  });

test('the page estimates the errors of a regression that has no labels yet, and says how that fared', async () => {
  const { page, callApi } = session;
  await callApi('PUT', model, {
    task: 'regression',
    display_name: 'Trips',
    features: [
      { name: 'distance', kind: 'numeric' },
      { name: 'origin', kind: 'categorical' },
    ],
  });
  await callApi('POST', `${model}/reference`, { events: trips('r', 2400, monday - 7 * 24 * hourMs, true) });
  await callApi('POST', `${model}/events`, { events: trips('e', 600, monday, false) });
  await waitUntil('an estimate', 60_000, async () => {
    const { estimation, n_events } = await callApi<PerformanceAnswer>('GET', `${model}/performance`);
    return n_events === 600 && estimation.status === 'ok';
  });
  await page.goto('/models/trips/performance');
  await page.getByText('Mean absolute error is estimated at').waitFor();
  await page.getByRole('table', { name: 'Estimates of held-out parts of the reference' }).waitFor();
  await untilSettled(page);
  expect(await checkAccessibility(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await untilSettled(page);
  expect(await sidewaysOverflow(page)).toBe(0);
});
