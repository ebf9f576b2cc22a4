import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { checkAccessibility } from './check-page.ts';
import { findChromium } from './find-chromium.ts';
import { openWatchedPage } from './watched-page.ts';

const cache = path.resolve(import.meta.dirname, '../.cache');
const page = (body: string) =>
  `<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>${body}</main>
<script>const root = document.documentElement, dark = matchMedia('(prefers-color-scheme: dark)');
const apply = () => { root.dataset.mantineColorScheme = dark.matches ? 'dark' : 'light'; };
dark.onchange = apply; apply();</script></html>`;

describe('the browser to test with', () => {
  test('CHROMIUM_PATH comes first and has to exist', () => {
    expect(findChromium({ CHROMIUM_PATH: process.execPath }, cache).executablePath).toBe(process.execPath);
    expect(() => findChromium({ CHROMIUM_PATH: '/nowhere/chromium' }, cache)).toThrow(
      'CHROMIUM_PATH names /nowhere/chromium, which is not there.',
    );
  });

  test.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'the one of the npm package starts with nothing installed',
    async () => {
      const browser = await launchBrowser({ PATH: '' });
      expect(browser.version()).toMatch(/^\d+\./);
      const tab = await browser.newPage();
      await tab.setContent(page('<p style="font-family: sans-serif">Some words</p>'));
      expect(
        await tab.locator('p').evaluate((element) => element.getBoundingClientRect().height),
      ).toBeGreaterThan(10);
      await browser.close();
    },
  );
});

describe('a watched page', () => {
  let server: Server;
  let origin: string;
  let browser: Browser;

  beforeAll(async () => {
    const bodies: Record<string, string> = {
      '/clean': page('<p>Words</p>'),
      '/console': page("<script>console.error('broken'); console.warn('odd');</script>"),
      '/throws': page("<script>setTimeout(() => { throw new Error('thrown'); });</script>"),
      '/missing': page('<img alt="" src="/nowhere.png">'),
      '/foreign': page('<img alt="" src="http://127.0.0.2:9/pixel.png">'),
      '/dialog': page('<script>alert(1)</script>'),
      '/inaccessible': page('<input><p style="color: #aaa; background: #fff">Pale</p>'),
    };
    server = createServer((request, response) => {
      const body = bodies[request.url ?? ''];
      response.writeHead(body ? 200 : 404, { 'content-type': 'text/html' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const faultsOf = async (at: string, expected: number[] = []) => {
    const watched = await openWatchedPage(browser, origin);
    watched.expectStatus(...expected);
    await watched.page.goto(at);
    await watched.page.waitForLoadState('networkidle');
    const faults = watched.takeFaults().join('\n');
    await watched.close();
    return faults;
  };

  test.each([
    ['/console', /console error: broken\n.*console warning: odd/],
    ['/throws', /page error: Error: thrown/],
    ['/missing', /404 for GET .*nowhere\.png/],
    ['/foreign', /request to http:\/\/127\.0\.0\.2/],
    ['/dialog', /dialog: 1/],
  ])('notes what %s does', async (at, fault) => {
    expect(await faultsOf(at)).toMatch(fault);
  });

  test('lets a clean page and an announced status pass', async () => {
    const icon = [404];
    expect(await faultsOf('/clean', icon)).toBe('');
    expect(await faultsOf('/missing', icon)).toBe('');
  });

  test('names every accessibility violation with its element, in both schemes', async () => {
    const watched = await openWatchedPage(browser, origin);
    await watched.page.goto('/inaccessible');
    const found = (await checkAccessibility(watched.page)).join('\n');
    for (const scheme of ['light', 'dark']) {
      expect(found).toMatch(new RegExp(`${scheme} label: .*input`));
      expect(found).toMatch(new RegExp(`${scheme} color-contrast: .*p:`));
    }
    await watched.page.goto('/clean');
    expect(await checkAccessibility(watched.page)).toEqual([]);
    await watched.close();
  });
});
