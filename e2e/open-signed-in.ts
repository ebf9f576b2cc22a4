import type { Browser, Page } from 'playwright-core';
import { apiOf, type CallApi } from './api.ts';
import { launchBrowser } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';
import { openWatchedPage, type WatchedPage } from './watched-page.ts';

const admin = { email: 'ada@example.com', password: 'correct horse battery' };

/** A server of its own and a watched page of its first admin, signed in. */
export async function openSignedIn(): Promise<{
  server: RunningServer;
  browser: Browser;
  watched: WatchedPage;
  page: Page;
  callApi: CallApi;
}> {
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
