import type { Incident, MultivariateAnswer } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { checkPage } from './check-page.ts';
import { openSignedIn } from './open-signed-in.ts';
import { waitUntil } from './wait-until.ts';

const model = '/models/flights';
const monday = Date.UTC(2026, 0, 5);
const weekMs = 7 * 86_400_000;

const session = openSignedIn();

/** 300 flights of one week; with `isTurned` long distances go with the other origin, each column staying as it was. */
const week = (number: number, isTurned = false) =>
  Array.from({ length: 300 }, (_, i) => {
    const isFar = i % 3 === 0;
    return {
      prediction_id: `w${number}-${i}`,
      prediction_timestamp: new Date(monday + number * weekMs + Math.floor((i * weekMs) / 300)).toISOString(),
      features: {
        distance: (isFar ? 1000 : 100) + ((i * 37) % 50),
        origin: (isTurned ? i % 3 === 1 : isFar) ? 'JFK' : 'LAS',
      },
    };
  });
const range = (number: number) => ({
  from: new Date(monday + number * weekMs).toISOString(),
  to: new Date(monday + (number + 1) * weekMs).toISOString(),
});

test('weeks that no column tells apart are told by all together, on the page', async () => {
  const { page, callApi } = session;
  await callApi('PUT', model, {
    task: 'regression',
    display_name: 'Flights',
    features: [
      { name: 'distance', kind: 'numeric' },
      { name: 'origin', kind: 'categorical' },
    ],
  });
  await callApi('POST', `${model}/reference`, {
    events: [-4, -3, -2, -1].flatMap((number) => week(number)),
  });
  await callApi('POST', `${model}/events`, { events: [...week(0), ...week(1, true)] });
  for (const number of [0, 1]) await callApi('POST', `${model}/drift/multivariate`, range(number));
  await waitUntil('both weeks to be compared', 60_000, async () => {
    const { windows } = await callApi<MultivariateAnswer>('GET', `${model}/drift/multivariate`);
    return windows.length === 2 && windows.every(({ state }) => state === 'done');
  });
  await page.goto(`${model}/drift`);
  await page.getByText('All columns together: 1 of 2 windows drift').waitFor();
  await page.getByRole('heading', { name: 'Classifier AUC by week' }).waitFor();
  const turned = page.getByRole('row', { name: /Drifted/ });
  expect(await turned.getByText(/^(distance|origin) \d/).count()).toBeGreaterThan(0);
  await page
    .getByRole('row', { name: /Stable/ })
    .first()
    .waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('days are looked at by an address of their own', async () => {
  const { page, callApi } = session;
  const at = (hour: number) => new Date(monday + hour * 3_600_000).toISOString();
  await callApi('POST', `${model}/drift/multivariate`, { from: at(0), to: at(24) });
  await page.goto(`${model}/drift`);
  await page.getByLabel('Windows', { exact: true }).selectOption({ label: 'days' });
  await page.getByText('All columns together: 0 of 1 days drift').waitFor();
  expect(new URL(page.url()).searchParams.get('together')).toBe('day');
  await page.reload();
  await page.getByRole('heading', { name: 'Classifier AUC by day' }).waitFor();
  await page
    .getByRole('row', { name: /insufficient data|Stable/ })
    .first()
    .waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});

test('a monitor made in the form watches the weeks, and its incident shows the chart', async () => {
  const { page, callApi } = session;
  await page.goto(`${model}/monitors`);
  await page.getByRole('button', { name: 'New monitor' }).first().click();
  await page.getByLabel('Name').fill('All columns');
  await page.getByRole('combobox', { name: 'Metric' }).click();
  await page.getByRole('option', { name: 'Multivariate drift (classifier AUC)' }).click();
  expect(await page.getByLabel('Window', { exact: true }).inputValue()).toBe('week');
  await page.getByLabel('Threshold', { exact: true }).selectOption({ label: 'Learnt from the reference' });
  await page.getByLabel('Breaches needed').fill('1');
  await page.getByLabel('out of this many windows').fill('1');
  await page.getByRole('button', { name: 'Create monitor' }).click();
  let incident: Incident | undefined;
  await waitUntil('the week to raise an incident', 30_000, async () => {
    const { data } = await callApi<{ data: Incident[] }>('GET', '/incidents');
    incident = data.find(({ metric }) => metric === 'multivariate_auc');
    return incident !== undefined;
  });
  await page.goto(`/incidents/${incident?.id}`);
  await page.getByRole('heading', { name: 'Evidence' }).waitFor();
  await page
    .getByText(/Multivariate drift \(classifier AUC\)/)
    .first()
    .waitFor();
  expect(await checkPage(session.page)).toEqual([]);
});
