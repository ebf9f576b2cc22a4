import { expect, test } from 'vitest';
import { checkPage } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';

const model = '/models/flights';

const session = openSignedIn();

const time = (i: number) => `2026-01-05 ${String(i % 24).padStart(2, '0')}:30:00`;
/** Two of its rows have no usable probability. */
const csvOf = (rows: number) =>
  [
    'flight,departed,p_late,distance,note',
    ...Array.from({ length: rows }, (_, i) => `f-${i},${time(i)},${i < 2 ? 'n/a' : 0.5},${i % 3000},"a, b"`),
  ].join('\n');

async function choose(name: string, text: string) {
  const { page } = session;
  const chooser = page.waitForEvent('filechooser');
  await page.getByLabel('File', { exact: true }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

test('a model nothing was imported to says so, and refuses a file it cannot read', async () => {
  const { page, callApi } = session;
  await callApi('PUT', model, {
    task: 'binary_classification',
    positive_label: 'late',
    display_name: 'Flights',
  });
  await page.goto(model);
  const pages = page.getByRole('navigation', { name: 'Pages of this model' });
  await pages.getByRole('link', { name: 'Data', exact: true }).click();
  await page.getByText('No imports yet').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
  await choose('book.xlsx', 'x');
  await page.getByText('This kind of file cannot be imported').waitFor();
  expect(await page.getByRole('button', { name: 'Import', exact: true }).isDisabled()).toBe(true);
});

test('a file is looked into, mapped, imported and judged row by row', async () => {
  const { page, callApi } = session;
  await choose('january.csv', csvOf(1500));
  await page.getByText('The first 1,000 rows checked: 0 good, 1000 rejected.').waitFor();
  const target = (column: string) => page.getByLabel(`${column} goes to`);
  await target('flight').selectOption('prediction_id');
  await target('departed').selectOption('prediction_timestamp');
  await target('p_late').selectOption('prediction_score');
  await target('note').selectOption('(left out)');
  await page.getByLabel(/Times without an offset are UTC/).check();
  await page.getByText('The first 1,000 rows checked: 998 good, 2 rejected.').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const table = page.getByRole('table', { name: 'Imports' });
  const row = table.getByRole('row', { name: /january\.csv/ });
  await row.getByText('done').waitFor();
  expect(await row.textContent()).toContain('1,500 of 1,500 rows');
  expect(await callApi('GET', `${model}/ingest-status`)).toMatchObject({ events: 1498 });

  await row.getByRole('button', { name: /Rejected rows of january\.csv/ }).click();
  const rejected = page.getByRole('table', { name: 'Rejected rows' });
  await rejected.getByText('expected a number, got "n/a"').first().waitFor();
  expect(await rejected.getByRole('row').count()).toBe(3);
  expect(await checkPage(session.page)).toEqual([]);
  await page.reload();
  await rejected.waitFor();
});

test('a running import shows its progress and is cancelled', async () => {
  const { page } = session;
  await page.goto(`${model}/imports`);
  await choose(
    'big.ndjson',
    Array.from({ length: 300_000 }, (_, i) => `{"prediction_id":"x${i}"}`).join('\n'),
  );
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const row = page.getByRole('row', { name: /big\.ndjson/ });
  await row.getByText('running').waitFor();
  await row.getByRole('progressbar', { name: 'Progress of big.ndjson' }).waitFor();
  await row.getByRole('button', { name: 'Cancel big.ndjson' }).click();
  await row.getByText('cancelled').waitFor();
  await row.getByText('Nothing was changed.').waitFor();
});
