import type { FairnessAnswer } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { checkPage } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';
import { waitUntil } from './wait-until.ts';

const model = '/models/loans';
const monday = Date.UTC(2026, 0, 5);
const minuteMs = 60_000;

const session = openSignedIn();

/** 600 women of whom 30 % are selected, 600 men of whom 50 % are, 4 people of another sex; two thirds are labelled. */
const events = Array.from({ length: 1204 }, (_, i) => {
  const sex = i >= 1200 ? 'other' : i % 2 === 0 ? 'F' : 'M';
  const isSelected = Math.floor(i / 2) % 10 < (sex === 'F' ? 3 : 5);
  const isGood = (i * 7) % 11 < (isSelected ? 7 : 3);
  return {
    prediction_id: `e${i}`,
    prediction_timestamp: new Date(monday + i * minuteMs).toISOString(),
    features: { sex, age: 18 + ((i * 13) % 60) },
    tags: { channel: i % 3 === 0 ? 'web' : 'desk' },
    prediction_score: isSelected ? 0.6 + (i % 4) / 10 : 0.1 + (i % 4) / 10,
    ...(i % 3 === 2 ? {} : { actual_label: isGood ? 'paid' : 'failed' }),
  };
});

test('a model without events says so', async () => {
  const { page, callApi } = session;
  await callApi('PUT', model, {
    task: 'binary_classification',
    positive_label: 'paid',
    display_name: 'Loans',
    features: [
      { name: 'sex', kind: 'categorical', sensitive: true },
      { name: 'age', kind: 'numeric' },
    ],
    tags: [{ name: 'channel' }],
  });
  await page.goto(`${model}/fairness`);
  await page.getByText('No events yet').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('groups of the sensitive attribute are compared by the four-fifths rule', async () => {
  const { page, callApi } = session;
  await callApi('POST', `${model}/events`, { events });
  await waitUntil('the rows to be counted', 30_000, async () => {
    const { overall } = await callApi<FairnessAnswer>('GET', `${model}/fairness?attribute=features.sex`);
    return overall.n === 1200;
  });
  await page.reload();
  const women = page.getByRole('table', { name: 'Selection rate by group' }).getByRole('row', { name: /^F/ });
  await women.getByText('30\u00a0% (26.5\u00a0% to 33.8\u00a0%)').waitFor();
  await women.getByText('Below four fifths').waitFor();
  await page.getByRole('region', { name: 'Demographic parity' }).getByText('Below four fifths').waitFor();
  await page.getByText('Here 1 group is hidden.').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('the view is in the address: crossed groups, another metric, another reference group', async () => {
  const { page, callApi } = session;
  await page.getByLabel('crossed with').selectOption({ label: 'tag channel' });
  await page.getByLabel('Metric of groups').selectOption({ label: 'True positive rate (recall)' });
  await page.getByLabel('Compared with').selectOption({ label: 'F · web' });
  await page.getByText('Compared with F · web, as chosen above').waitFor();
  const search = new URL(page.url()).searchParams;
  expect(JSON.parse(search.get('attributes') ?? '')).toEqual(['features.sex', 'tags.channel']);
  await page.reload();
  await page.getByText('Compared with F · web, as chosen above').waitFor();
  expect(
    await page
      .getByRole('table', { name: /recall/ })
      .getByRole('row')
      .count(),
  ).toBe(5);
  await page.getByLabel('Disparities beside').selectOption({ label: 'beside the period before' });
  await page.getByText(/^“There” is the period before .* n = 0 events/).waitFor();
  await callApi('POST', `${model}/reference`, { events: events.slice(0, 600) });
  await page.getByLabel('Disparities beside').selectOption({ label: 'beside the reference' });
  await page.getByText(/^“There” is the reference .* n = 600 events/).waitFor();
  const parity = page.getByRole('region', { name: 'Demographic parity' });
  await parity.getByText('Difference there').waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});
