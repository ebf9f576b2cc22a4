import type { ExplanationAnswer, Incident, PerformanceAnswer } from '@plumbline/contracts';
import type { FlightRow } from '@plumbline/flight-delay';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiOf, type CallApi } from './api.ts';
import { launchBrowser } from './browser.ts';
import { checkAccessibility, sidewaysOverflow, untilSettled } from './check-page.ts';
import { type RunningServer, startServer } from './server.ts';
import { waitUntil } from './wait-until.ts';
import { chooseByKeyboard, cohortOf, leafOf, numberIn } from './walk/page-reading.ts';
import { flightModel, postFlights, postReference } from './walk/post-flights.ts';
import { readCurl } from './walk/read-curl.ts';
import { tryThreshold } from './walk/try-threshold.ts';
import { openDriftColumn, walkHeatmap } from './walk/walk-drift.ts';
import { startWebhookReceiver } from './walk/webhook-receiver.ts';
import { openWatchedPage, type WatchedPage } from './watched-page.ts';

const admin = { email: 'ada@example.com', password: 'correct horse battery' };
const model = `/models/${flightModel.slug}`;
const modelPages = ['Overview', 'Drift', 'Performance', 'Slices', 'Predictions', 'Monitors'] as const;

let server: RunningServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let callApi: CallApi;
let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let production: FlightRow[] = [];

beforeAll(async () => {
  [server, browser, receiver] = await Promise.all([startServer(), launchBrowser(), startWebhookReceiver()]);
  callApi = apiOf(server);
  watched = await openWatchedPage(browser, server.url);
  page = watched.page;
});

let failedStep: string | undefined;
beforeEach(() => {
  if (failedStep) throw new Error(`Not walked, since this failed before: ${failedStep}`);
});
afterEach(({ task }) => {
  const faults = watched.takeFaults();
  if (task.result?.state === 'fail' || faults.length > 0) failedStep ??= task.name;
  expect(faults).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
  await receiver?.close();
  expect(await server?.stop()).toEqual([]);
});

const follow = (name: string) =>
  page.getByRole('navigation', { name: 'Pages of this model' }).getByRole('link', { name }).click();
const heading = (name: string) => page.getByRole('heading', { name, exact: true });

describe('from the set-up link to a closed incident', () => {
  test('the printed link makes the first admin, once', async () => {
    const link = /\S+\/setup\?token=\S+/.exec(server.output())?.[0];
    expect(link).toMatch(server.url);
    await page.goto(link ?? '');
    expect(await checkAccessibility(page)).toEqual([]);
    await page.getByLabel('Email').fill(admin.email);
    await page.getByLabel('Password', { exact: true }).fill(admin.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await heading('Models').waitFor();

    const second = await openWatchedPage(browser, server.url);
    second.expectStatus(401, 403, 404, 409, 410);
    await second.page.goto(link ?? '');
    await second.page.getByLabel('Email').fill('eve@example.com');
    await second.page.getByLabel('Password', { exact: true }).fill(admin.password);
    await second.page.getByRole('button', { name: 'Create account' }).click();
    await second.page.getByRole('alert').waitFor();
    expect(second.takeFaults()).toEqual([]);
    await second.close();
  });

  test('the first screen carries a command with the real host and key that brings the first event in', async () => {
    await page.getByRole('button', { name: 'Create a key for this' }).click();
    await page.getByText('This key is shown only now.').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.getByRole('button', { name: 'Copy command' }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const requests = readCurl(command);
    expect(requests.map(({ url }) => new URL(url).origin)).toEqual([server.url, server.url]);
    for (const { method, url, headers, body } of requests) {
      expect(headers.authorization).toMatch(/^Bearer \S{20,}$/);
      const answer = await fetch(url, { method, headers, body });
      expect([200, 201, 202], await answer.text()).toContain(answer.status);
    }
    await page.getByText(/Connected · 1 event$/).waitFor();
    await page.getByRole('link', { name: 'Open My model' }).click();
    await heading('My model').waitFor();
    await untilSettled(page);
  });

  test('real flights posted over HTTP appear on the home page and the overview without a reload', async () => {
    await page.getByRole('link', { name: 'Home' }).click();
    await postReference(callApi);
    const channel = await callApi<{ id: string; secret: string }>('POST', '/channels', {
      kind: 'webhook',
      name: 'Local receiver',
      url: receiver.url,
    });
    receiver.trust(channel.secret);
    await callApi('POST', `${model}/monitors`, {
      name: 'Mix of origins',
      metric: 'psi',
      column: 'origin',
      granularity: 'day',
      threshold: { kind: 'constant', warning: 0.01, direction: 'above' },
      channels: [channel.id],
    });
    production = await postFlights(callApi, { from: '2001-02-01', to: '2001-03-01' });
    const row = page.getByRole('row', { name: new RegExp(flightModel.name) });
    await row.getByText(production.length.toLocaleString('en')).waitFor();
    await untilSettled(page);
    expect(await checkAccessibility(page)).toEqual([]);
    await row.getByRole('link', { name: flightModel.name }).click();
    await heading(flightModel.name).waitFor();
    expect(await numberIn(page.getByText(/^Events$/).locator('xpath=../..'))).toBe(production.length);
  });

  test('drift: the table is sorted, and a column opens to its distribution and its time series', async () => {
    await follow('Drift');
    await openDriftColumn(page);
  });

  test('drift: the heatmap is walked by keyboard, and other rules decide', async () => {
    await walkHeatmap(page);
  });

  test('every page of the model passes in light and dark', async () => {
    const found: string[] = [];
    for (const name of modelPages) {
      await follow(name);
      await untilSettled(page);
      found.push(...(await checkAccessibility(page)));
    }
    expect(found).toEqual([]);
  });

  test('a cohort built by keyboard alone is counted on every page and lives in the URL', async () => {
    const chicago = production.filter(({ features }) => features.origin === 'ORD').length;
    await follow('Overview');
    await chooseByKeyboard(page, { field: 'origin', value: 'ORD' });
    await page
      .getByText(/origin .*ORD/)
      .first()
      .waitFor();
    expect(leafOf(page.url())).toEqual({ field: 'features.origin', op: 'eq', value: 'ORD' });
    for (const name of modelPages.filter((each) => each !== 'Monitors')) {
      await follow(name);
      expect({ name, n: await cohortOf(page, name) }).toEqual({ name, n: chicago });
      expect(leafOf(page.url())?.value).toBe('ORD');
    }
    await follow('Drift');
    await page.reload();
    expect(await cohortOf(page, 'Drift')).toBe(chicago);
    await page.getByRole('button', { name: /^Remove filter/ }).click();
    await waitUntil(
      'all flights again',
      10_000,
      async () => (await cohortOf(page, 'Drift')) === production.length,
    );
    expect(leafOf(page.url())).toBeUndefined();
    await page.goBack();
    await waitUntil('the cohort again', 10_000, async () => (await cohortOf(page, 'Drift')) === chicago);
    expect(leafOf(page.url())?.value).toBe('ORD');
  });

  test('performance shows values with intervals and a confusion matrix of all labelled flights', async () => {
    await page.getByRole('button', { name: /^Remove filter/ }).click();
    await follow('Performance');
    await page.getByText('Confusion matrix').waitFor();
    await page
      .getByText(`${production.length.toLocaleString('en')} of ${production.length.toLocaleString('en')}`)
      .waitFor();
    expect((await tryThreshold(page)).get('values')).toBe('0,0,-20,0');
    const { metrics } = await callApi<PerformanceAnswer>('GET', `${model}/performance`);
    const estimated = metrics.find(({ metric }) => metric === 'roc_auc')?.estimated;
    const shown = await numberIn(page.getByText('ROC AUC is estimated at').locator('strong'));
    expect(shown).toBeCloseTo(estimated ?? Number.NaN, 2);
    expect(await checkAccessibility(page)).toEqual([]);
  });

  test('the waterfall of one prediction walks from the base value to its score', async () => {
    await follow('Predictions');
    const explained = page
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: 'yes', exact: true }) });
    const link = explained.first().getByRole('link');
    const id = (await link.textContent()) ?? '';
    await link.click();
    await page.getByText('so they add up').waitFor();
    await untilSettled(page);
    const answer = await callApi<ExplanationAnswer>('GET', `${model}/events/${id}/explanation`);
    const sum = answer.contributions.reduce(
      (total, { contribution }) => total + contribution,
      answer.base_value ?? 0,
    );
    expect(sum).toBeCloseTo(answer.score ?? Number.NaN, 6);
    expect(
      await numberIn(
        page
          .getByRole('img', { name: /^From base value/ })
          .locator('text')
          .last(),
      ),
    ).toBeCloseTo(sum, 2);
    expect(await checkAccessibility(page)).toEqual([]);
  });

  test('the incident its monitor opened was delivered signed, and can be acknowledged, discussed and resolved', async () => {
    const opened = await waitUntil('the webhook', 30_000, () =>
      receiver.received.find(
        ({ type, data }) => type === 'incident.opened' && data.incident.metric === 'psi',
      ),
    );
    const { id, url } = opened.data.incident;
    expect(new URL(url).origin).toBe(server.url);
    await page.getByRole('link', { name: /^Incidents/ }).click();
    await page.getByRole('link', { name: 'Mix of origins' }).first().waitFor();
    await untilSettled(page);
    expect(await checkAccessibility(page)).toEqual([]);
    await page.goto(url);
    await heading('Mix of origins').waitFor();
    await untilSettled(page);
    expect(await checkAccessibility(page)).toEqual([]);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByLabel('Comment').fill('Snow in Chicago.');
    await page.getByRole('button', { name: 'Add comment' }).click();
    await page.getByText('Snow in Chicago.').waitFor();
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('resolved', { exact: true }).first().waitFor();
    const incident = await callApi<Incident>('GET', `/incidents/${id}`);
    expect(incident.status).toBe('resolved');
    await waitUntil('the webhooks of what followed', 30_000, () =>
      ['incident.acknowledged', 'incident.resolved'].every((kind) =>
        receiver.received.some(({ type, data }) => type === kind && data.incident.id === id),
      ),
    );
  });

  test('the settings pass in light and dark', async () => {
    const found: string[] = [];
    for (const name of ['API keys', 'Channels']) {
      await page.getByRole('link', { name }).click();
      await untilSettled(page);
      found.push(...(await checkAccessibility(page)));
    }
    expect(found).toEqual([]);
  });

  test('no page has to be scrolled sideways at a width of 390 pixels', async () => {
    const paths = ['/', '/incidents', '/settings/keys', '/settings/channels', model];
    for (const name of modelPages.slice(1)) paths.push(`${model}/${name.toLowerCase()}`);
    await page.setViewportSize({ width: 390, height: 844 });
    const tooWide: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await untilSettled(page);
      const pixels = await sidewaysOverflow(page);
      if (pixels > 0) tooWide.push(`${path}: ${pixels} px`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(tooWide).toEqual([]);
  });

  test('after sign-out the way back is a password, and a wrong one says so', async () => {
    await page.goto(model);
    await untilSettled(page);
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Email').waitFor();
    watched.expectStatus(401);
    await page.goto(`${model}/drift`);
    await page.waitForURL(/\/sign-in\?return_to=/);
    expect(await checkAccessibility(page)).toEqual([]);
    await page.getByLabel('Email').fill(admin.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await checkAccessibility(page)).toEqual([]);
    await page.getByLabel('Password', { exact: true }).fill(admin.password);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`${model}/drift`));
    await page.getByRole('table', { name: 'Columns by drift' }).waitFor();
  });
});
