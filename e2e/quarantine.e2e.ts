import { expect, test } from 'vitest';
import { checkAccessibility, checkPage, untilSettled } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';

const model = '/models/flights';
const hourMs = 3_600_000;

const session = openSignedIn();

const event = (id: string, distance: unknown, change: object = {}) => ({
  prediction_id: id,
  prediction_timestamp: new Date(Date.now() - hourMs).toISOString(),
  features: { distance, origin: 'LAS', passenger: 'Ada' },
  prediction_score: 0.5,
  ...change,
});

test('a model without rejected rows says so', async () => {
  const { page, callApi } = session;
  await callApi('PUT', model, {
    task: 'binary_classification',
    positive_label: 'late',
    display_name: 'Flights',
    features: [
      { name: 'distance', kind: 'numeric', min: 0, max: 5000 },
      { name: 'passenger', kind: 'categorical', sensitive: true },
    ],
  });
  await page.goto(`${model}/quarantine`);
  await page.getByText('No rejected rows').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('rows refused for one field are one line; a rule mends them and a replay stores them once', async () => {
  const { page, callApi } = session;
  const bad = Array.from({ length: 10 }, (_, i) => event(`f-${i}`, '2176 mi'));
  const odd = event('odd', 1, { prediction_scroe: 0.7 });
  await callApi('POST', `${model}/events`, { events: [event('good', 100), ...bad, odd] });
  const table = page.getByRole('table', { name: 'Rejected rows by field and fault' });
  const line = table.getByRole('row', { name: /features\.distance/ });
  await line.getByText('expected a number, got "2176 mi"').waitFor();
  await line.getByRole('link', { name: 'features.distance' }).click();
  await page.getByRole('button', { name: /f-9.*expected a number/ }).click();
  await page.getByText('"distance": "2176 mi"').first().waitFor();
  expect(await checkPage(session.page)).toEqual([]);

  const replay = async (rows: string) => {
    await page.getByRole('button', { name: `Replay ${rows}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await untilSettled(page);
    expect(await checkAccessibility(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Replay', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  };
  await replay('10 rows');
  await page.getByText('Stored 0 rows').waitFor();

  await page.getByLabel('Rule', { exact: true }).selectOption('Treat values as missing');
  await page.getByRole('combobox', { name: 'Values' }).fill('2176 mi');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('Treat "2176 mi" in features.distance as missing').waitFor();
  await replay('10 rows');
  await page.getByText('Stored 10 rows').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
  expect(await callApi('GET', `${model}/ingest-status`)).toMatchObject({ events: 11 });
  await page.getByRole('link', { name: 'All rows' }).click();
  await page.getByRole('button', { name: 'Discard 1 row' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByText('Discarded 1 row.').waitFor();
  await page.getByLabel('Status').selectOption('replayed');
  await table.getByRole('row', { name: /features\.distance/ }).waitFor();
  expect(new URL(page.url()).searchParams.get('status')).toBe('replayed');
});

test('the schema shows what rows have, never of a sensitive feature, and takes changes', async () => {
  const { page } = session;
  const pages = page.getByRole('navigation', { name: 'Pages of this model' });
  await pages.getByRole('link', { name: 'Schema' }).click();
  const features = page.getByRole('table', { name: 'Features' });
  await features.getByRole('row', { name: /distance/ }).waitFor();
  expect(await features.getByRole('row', { name: /passenger/ }).textContent()).not.toContain('Ada');
  await page.getByRole('table', { name: 'Schema changes' }).getByText('First seen as categorical').waitFor();
  expect(await checkPage(session.page)).toEqual([]);

  await page.getByRole('button', { name: 'Edit distance' }).click();
  await page.getByLabel('Largest value').fill('9000');
  await untilSettled(page);
  expect(await checkAccessibility(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save feature' }).click();
  await features.getByText('0 to 9,000').waitFor();
  await page.getByRole('button', { name: 'Edit distance' }).click();
  await page.getByLabel('Kind').selectOption('categorical');
  await page.getByText('charts need a new reference').waitFor();
  await page.getByRole('button', { name: 'Save feature' }).click();
  await page.getByText('Changed by hand from numeric to categorical').waitFor();
});
