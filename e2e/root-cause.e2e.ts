import type { DiscoverSlicesAnswer } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { checkPage } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';
import { waitUntil } from './wait-until.ts';

const model = '/models/delays';
const minuteMs = 60_000;
const firstDay = Date.UTC(2026, 0, 5);

const session = openSignedIn();

/** Two days of 1,400 flights; on the second one long flights from ORD are predicted worse. */
const events = Array.from({ length: 2800 }, (_, i) => {
  const day = Math.floor(i / 1400);
  const origin = ['ORD', 'LAS', 'SEA'][(i * 7) % 3] ?? 'SEA';
  const distance = (i * 613) % 3000;
  const isHard = day === 1 && origin === 'ORD' && distance > 1500;
  const isLate = (i * 11) % 5 < 2;
  const isRight = (i * 29) % 100 < (isHard ? 35 : 85);
  return {
    prediction_id: `e${i}`,
    prediction_timestamp: new Date(firstDay + i * minuteMs).toISOString(),
    features: { origin, distance },
    prediction_score: isLate ? 0.8 : 0.2,
    actual_label: isLate === isRight ? 'late' : 'on_time',
  };
});

test('a model without events says so', async () => {
  const { page, callApi } = session;
  await callApi('PUT', model, {
    task: 'binary_classification',
    positive_label: 'late',
    display_name: 'Delays',
    features: [
      { name: 'origin', kind: 'categorical' },
      { name: 'distance', kind: 'numeric' },
    ],
  });
  await page.goto(`${model}/why`);
  await page.getByText('No events yet', { exact: true }).waitFor();
});

test('a fall of accuracy is taken apart, and its worst slices are found', async () => {
  const { page, callApi } = session;
  await callApi('POST', `${model}/events`, { events });
  await waitUntil('the rows to be counted', 30_000, async () => {
    const { n } = await callApi<DiscoverSlicesAnswer>('POST', `${model}/slices/discover`, {});
    return n === events.length;
  });
  await page.goto(`${model}/why?range=1d`);
  await page.getByRole('heading', { name: /^Accuracy: 0\.8\d+ → 0\.7/ }).waitFor();
  await page.getByRole('figure', { name: /^Contributions by/ }).waitFor();
  const dimensions = page.getByRole('table', { name: 'Dimensions of the change' });
  await dimensions.getByRole('link', { name: 'origin' }).click();
  const segments = page.getByRole('table', { name: 'Segments of origin' });
  await segments.getByRole('row', { name: /^ORD −0\./ }).waitFor();
  const slices = page.getByRole('table', { name: 'Worst slices' });
  await slices.getByRole('row', { name: /^origin: ORD .* worse there, too$/ }).waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('a slice opens the performance of its events', async () => {
  const { page } = session;
  const slices = page.getByRole('table', { name: 'Worst slices' });
  await slices.getByRole('link').first().click();
  await page.waitForURL(/\/performance\?/);
  const filter = JSON.stringify(JSON.parse(new URL(page.url()).searchParams.get('filter') ?? 'null'));
  expect(filter).toContain('features.origin');
  expect(new URL(page.url()).searchParams.get('range')).toBe('1d');
  await page.getByRole('table', { name: 'Performance metrics' }).waitFor();
});
