import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';

export interface WatchedPage {
  page: Page;
  /** Announces that the test provokes this answer; otherwise every status of 400 and above is a fault. */
  expectStatus(...statuses: number[]): void;
  /** What went wrong since the last call: console, page, network, dialogs and requests to other hosts. */
  takeFaults(): string[];
  close(): Promise<void>;
}

/** What the browser itself writes about an answer that the test judges by its status. */
const aboutStatus = /^Failed to load resource: the server responded with a status of \d+/;

/** Opens a page of `origin` in a fresh session and notes everything that should not happen. */
export async function openWatchedPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    ...options,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const expected = new Set<number>();
  const faults: string[] = [];
  const note = (what: string) => faults.push(`${new URL(page.url()).pathname}: ${what}`);
  const wasCancelled = (request: Request) => request.failure()?.errorText === 'net::ERR_ABORTED';

  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type()) || aboutStatus.test(message.text())) return;
    note(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => note(`page error: ${error.stack ?? error.message}`));
  page.on('dialog', (dialog) => {
    note(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('requestfailed', (request) => {
    if (!wasCancelled(request)) note(`request failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) note(`request to ${url.origin}`);
  });
  page.on('response', (response) => {
    const status = response.status();
    if (status >= 400 && !expected.has(status))
      note(`${status} for ${response.request().method()} ${response.url()}`);
  });
  return {
    page,
    expectStatus: (...statuses) => {
      for (const status of statuses) expected.add(status);
    },
    takeFaults: () => faults.splice(0),
    close: () => context.close(),
  };
}
