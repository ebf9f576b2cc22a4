import type { QualityAnswer } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { checkAccessibility, checkPage, untilSettled } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';
import { waitUntil } from './wait-until.ts';

const model = '/models/flights';
const hourMs = 3_600_000;
const monday = Date.UTC(2026, 0, 5);

const session = openSignedIn();

/** Ten days of 100 rows; a channel of its own for some. */
const rowsOf = (prefix: string, startMs: number, n: number, channel?: string) =>
  Array.from({ length: n }, (_, i) => ({
    prediction_id: `${prefix}-${i}`,
    prediction_timestamp: new Date(startMs + i * 0.24 * hourMs).toISOString(),
    features: {
      distance: i % 17 === 0 ? null : 100 + ((i * 37) % 900),
      channel: channel ?? ['web', 'app', 'shop'][i % 3],
    },
    prediction_score: (i % 10) / 10,
  }));

const broken = () => session.page.getByRole('table', { name: 'Expectations of this window' });

test('a model without a reference says what to do', async () => {
  const { page, callApi } = session;
  await callApi('PUT', model, {
    task: 'binary_classification',
    positive_label: 'late',
    display_name: 'Flights',
  });
  await page.goto(`${model}/quality`);
  await page.getByText('Nothing is expected yet').waitFor();
  await page.getByText('No version yet').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('what the reference suggests judges the data, with what was found and n', async () => {
  const { page, callApi } = session;
  await callApi('POST', `${model}/reference`, { events: rowsOf('r', monday - 240 * hourMs, 1000) });
  await callApi('POST', `${model}/events`, { events: rowsOf('a', monday, 100, 'WEB') });
  await waitUntil('the rows to be counted', 30_000, async () => {
    const { n_events } = await callApi<QualityAnswer>('GET', `${model}/quality`);
    return n_events === 100;
  });
  await page.reload();
  const row = broken().getByRole('row').filter({ hasText: 'All values are ones of the reference' });
  await row.getByText('100 unexpected (100\u00a0%), n = 100 rows').waitFor();
  await row.getByText('WEB (100)').waitFor();
  await page.getByRole('table', { name: 'Data quality of columns' }).waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('a suggestion is accepted as version 1', async () => {
  const { page } = session;
  await page.getByRole('button', { name: 'Review and accept' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('table', { name: 'Suggested changes' }).waitFor();
  await untilSettled(page);
  expect(await checkAccessibility(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Accept as version 1' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Version 1.', { exact: false }).first().waitFor();
});

test('an edit makes version 2, which judges the window anew, and the list of versions shows both sides', async () => {
  const { page, callApi } = session;
  await broken().getByRole('button', { name: 'Edit known values of channel' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Further values that are all right, one a line').fill('WEB');
  await dialog.getByLabel('Why (kept with the version)').fill('The sender writes capitals now.');
  await untilSettled(page);
  expect(await checkAccessibility(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save as new version' }).click();
  await dialog.waitFor({ state: 'detached' });
  await broken()
    .getByRole('row')
    .filter({ hasText: 'All values are ones of the reference' })
    .waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Version 2/ }).click();
  await page
    .getByRole('table', { name: 'Changes of version 2' })
    .getByText('All values are ones of the reference, or “WEB”')
    .waitFor();
  const { expectations } = await callApi<QualityAnswer>('GET', `${model}/quality`);
  expect(expectations?.version).toBe(2);
  await page
    .getByRole('table', { name: 'Data quality of columns' })
    .getByRole('link', { name: 'distance' })
    .click();
  await page.getByRole('heading', { name: 'Expectations of distance' }).waitFor();
  expect(new URL(page.url()).searchParams.get('column')).toBe('distance');
  await untilSettled(page);
  expect(await checkPage(session.page)).toEqual([]);
});

test('features that no longer go together, repeated rows and late labels are shown with n', async () => {
  const { page, callApi } = session;
  const linked = '/models/linked';
  const rows = (prefix: string, startMs: number, n: number, isLinked: boolean) =>
    Array.from({ length: n }, (_, i) => ({
      prediction_id: `${prefix}-${i}`,
      prediction_timestamp: new Date(startMs + i * hourMs).toISOString(),
      features: {
        weight: (i * 37) % 199,
        price: isLinked ? ((i * 37) % 199) * 3 : (i * 71) % 193,
        shop: ['north', 'south', 'east'][i % 3],
      },
      prediction_score: (i % 10) / 10,
      actual_label: i % 3 === 0 ? 'late' : 'on_time',
      actual_timestamp: new Date(startMs + (i + 1 + (i % 40)) * hourMs).toISOString(),
    }));
  await callApi('PUT', linked, {
    task: 'binary_classification',
    positive_label: 'late',
    display_name: 'Linked',
  });
  await callApi('POST', `${linked}/reference`, {
    events: rows('r', monday - 400 * hourMs, 400, true),
  });
  const fresh = rows('e', monday, 300, false);
  const sentTwice = fresh
    .slice(0, 20)
    .map((row) => ({ ...row, prediction_id: `again-${row.prediction_id}` }));
  await callApi('POST', `${linked}/events`, { events: [...fresh, ...sentTwice] });
  await waitUntil('the rows to be counted', 30_000, async () => {
    const { n_events } = await callApi<QualityAnswer>('GET', `${linked}/quality`);
    return n_events === 320;
  });
  await page.goto(`${linked}/quality`);
  await page.getByRole('table', { name: 'Repeated rows over time' }).waitFor();
  await page.getByRole('table', { name: 'Delay of labels' }).getByText('320').first().waitFor();
  await page.getByRole('button', { name: 'Compare pairs of features' }).click();
  const grid = page.getByRole('grid', { name: 'Change of every pair of features' });
  await grid.getByRole('gridcell', { name: /^2 price, weight and price changed/ }).waitFor();
  expect(new URL(page.url()).searchParams.get('pairs')).toBe('shown');
  await page.getByRole('table', { name: 'Pairs that changed' }).getByText('weight and price').waitFor();
  await untilSettled(page);
  expect(await checkPage(session.page)).toEqual([]);
});
