import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { untilSettled } from './check-page.ts';

/** `npm run screenshots -- <baseUrl> <email> <password> <outDir>`: every page, light and dark, wide and narrow. */
const [, , baseUrl, email, password, outDirectory] = process.argv;
const repository = path.resolve(import.meta.dirname, '..');
const widths = [1440, 390];
const schemes = ['light', 'dark'] as const;

interface Shot {
  name: string;
  path: string;
}

async function get<T>(page: Page, url: string): Promise<T[]> {
  const answer = await page.request.get(url);
  return answer.ok() ? ((await answer.json()) as { data: T[] }).data : [];
}

/** Pages of the installation and of each model, with one drift column, one prediction and one incident open. */
async function pagesOf(page: Page): Promise<Shot[]> {
  const shots: Shot[] = [
    '/',
    '/incidents',
    '/incidents?status=resolved',
    '/settings/keys',
    '/settings/channels',
  ].map((at) => ({ name: at === '/' ? 'home' : at.slice(1), path: at }));
  for (const { model } of await get<{ model: string }>(page, '/v1/models')) {
    const root = `/models/${model}`;
    for (const at of [
      '',
      '/drift',
      '/performance',
      '/slices',
      '/fairness',
      '/why',
      '/predictions',
      '/quality',
      '/imports',
      '/quarantine',
      '/schema',
      '/monitors',
    ])
      shots.push({ name: model + at, path: root + at });
    const answer = await page.request.get(`/v1${root}/drift`);
    const columns = answer.ok() ? ((await answer.json()) as { columns: { column: string }[] }).columns : [];
    for (const { column } of columns.slice(0, 1))
      shots.push({
        name: `${model}/drift-column`,
        path: `${root}/drift?column=${encodeURIComponent(column)}`,
      });
    const events = await get<{ prediction_id: string; explained?: boolean }>(
      page,
      `/v1${root}/events?limit=100`,
    );
    const event = events.find(({ explained }) => explained) ?? events[0];
    if (event)
      shots.push({
        name: `${model}/prediction`,
        path: `${root}/predictions/${encodeURIComponent(event.prediction_id)}`,
      });
  }
  const incidents = await get<{ id: string }>(page, '/v1/incidents?limit=1');
  for (const { id } of incidents) shots.push({ name: 'incident', path: `/incidents/${id}` });
  return shots;
}

async function signIn(page: Page, credentials: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(credentials.email);
  await page.getByLabel('Password', { exact: true }).fill(credentials.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Models', exact: true }).first().waitFor();
}

async function shootAll(
  browser: Browser,
  baseURL: string,
  credentials: { email: string; password: string },
  directory: string,
): Promise<number> {
  const context = await browser.newContext({ baseURL, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto('/sign-in');
  const before = [{ name: 'sign-in', path: '/sign-in' }];
  let count = 0;
  const shoot = async (shots: Shot[]) => {
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
        for (const { name, path: at } of shots) {
          await page.goto(at);
          await page.waitForLoadState('networkidle');
          await untilSettled(page);
          const file = `${name.replaceAll(/[^\w.-]+/g, '-')}.${width}.${colorScheme}.png`;
          await page.screenshot({ path: path.join(directory, file), fullPage: true });
          count += 1;
        }
      }
    }
  };
  await shoot(before);
  await signIn(page, credentials);
  await shoot(await pagesOf(page));
  return count;
}

const isInside = (folder: string, parent: string) => !path.relative(parent, folder).startsWith('..');

if (!baseUrl || !email || !password || !outDirectory) {
  process.stderr.write('Usage: npx tsx e2e/screenshots.ts <baseUrl> <email> <password> <outDir>\n');
  process.exitCode = 1;
} else if (isInside(path.resolve(outDirectory), repository)) {
  process.stderr.write('Choose a folder outside the repository for the pictures.\n');
  process.exitCode = 1;
} else {
  mkdirSync(outDirectory, { recursive: true });
  const browser = await launchBrowser();
  try {
    const count = await shootAll(browser, baseUrl, { email, password }, outDirectory);
    process.stdout.write(`${count} pictures in ${path.resolve(outDirectory)}\n`);
  } finally {
    await browser.close();
  }
}
