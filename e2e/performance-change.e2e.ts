import type { PerformanceAnswer } from '@plumbline/contracts';
import { beforeAll, expect, test } from 'vitest';
import { checkAccessibility, sidewaysOverflow, untilSettled } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';
import { waitUntil } from './wait-until.ts';

const model = '/models/churn';
const monday = Date.UTC(2026, 0, 5);
const dayMs = 86_400_000;

const session = openSignedIn();

/** Two weeks of 700 events; one in five predictions is wrong in the first, two in five in the second. */
const events = Array.from({ length: 1400 }, (_, i) => {
  const wrong = i < 700 ? i % 5 === 0 : i % 5 < 2;
  const isStaying = i % 2 === 0;
  return {
    prediction_id: `e${i}`,
    prediction_timestamp: new Date(monday + (i * dayMs) / 100).toISOString(),
    features: { months: i % 40 },
    prediction_score: (isStaying === wrong ? 0.55 : 0.05) + (i % 41) / 100,
    actual_label: isStaying ? 'stays' : 'leaves',
  };
});

beforeAll(async () => {
  const { callApi } = session;
  await callApi('PUT', model, {
    task: 'binary_classification',
    positive_label: 'leaves',
    display_name: 'Churn',
    features: [{ name: 'months', kind: 'numeric' }],
  });
  await callApi('POST', `${model}/events`, { events });
  await waitUntil('the rows to be counted', 30_000, async () => {
    const { n_labelled: n } = await callApi<PerformanceAnswer>('GET', `${model}/performance`);
    return n === 1400;
  });
});

test('says in words how far the metrics moved from the period before, and from other days', async () => {
  const { page } = session;
  await page.goto(`${model}/performance?from=2026-01-12&to=2026-01-18`);
  await page.getByText(/Not compared: the model has no reference/).waitFor();
  await page.getByRole('combobox', { name: 'Compare with' }).click();
  await page.getByRole('option', { name: 'The period before' }).click();
  const table = page.getByRole('table', { name: 'Performance metrics' });
  const accuracy = table.getByRole('row', { name: /^Accuracy/ });
  await accuracy.getByText('0.800 (n = 700)').waitFor();
  await accuracy.getByText(/^fell by 20.0 points \(15\.\d to 24\.\d\)$/).waitFor();
  await accuracy.getByText('worse').waitFor();
  await table
    .getByRole('row', { name: /^Label coverage/ })
    .getByText(/no more than chance: 0 points/)
    .waitFor();
  expect(await checkAccessibility(page)).toEqual([]);
  await page.goto(`${model}/performance?from=2026-01-12&to=2026-01-18&compare=2026-01-05..2026-01-06`);
  await page.getByText(/Compared with the chosen days: 200 labelled of 200 events, 2026-01-05 to/).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await untilSettled(page);
  expect(await sidewaysOverflow(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('the gains curve can be read as a table with the lift', async () => {
  const { page } = session;
  const panel = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Gains' }) });
  await panel.getByRole('button', { name: 'View as table' }).press('Enter');
  const gains = page.getByRole('table', { name: 'Gains' });
  await gains.getByRole('columnheader', { name: 'Lift' }).waitFor();
  const last = await gains.getByRole('row').last().textContent();
  expect(last).toBe('111');
});
