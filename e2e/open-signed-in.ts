import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { apiOf, type CallApi } from './api.ts';
import { launchBrowser } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';
import { openWatchedPage, type WatchedPage } from './watched-page.ts';

const admin = { email: 'ada@example.com', password: 'correct horse battery' };

/** What a test of a signed-in page works with. */
interface SignedIn {
  server: RunningServer;
  browser: Browser;
  watched: WatchedPage;
  page: Page;
  callApi: CallApi;
}

/**
 * A server of its own and a watched page of its first admin, signed in, for all tests of the file that calls this at its
 * top: opened before them and closed after them, with no fault of the page or the server left unnoticed. The fields
 * are filled by the time the first test, or a `beforeAll` below the call, runs.
 */
export function openSignedIn(): Readonly<SignedIn> {
  const session: Partial<SignedIn> = {};
  beforeAll(async () => {
    Object.assign(session, await signIn());
  });
  afterEach(() => expect(session.watched?.takeFaults()).toEqual([]));
  afterAll(async () => {
    await session.browser?.close();
    expect(await session.server?.stop()).toEqual([]);
  });
  return session as SignedIn;
}

async function signIn(): Promise<SignedIn> {
  const [server, browser] = await Promise.all([
    startServer({ PLUMBLINE_ADMIN_EMAIL: admin.email, PLUMBLINE_ADMIN_PASSWORD: admin.password }),
    launchBrowser(),
  ]);
  const watched = await openWatchedPage(browser, server.url);
  const { page } = watched;
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(admin.email);
  await page.getByLabel('Password', { exact: true }).fill(admin.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Models', exact: true }).waitFor();
  return { server, browser, watched, page, callApi: apiOf(server) };
}
