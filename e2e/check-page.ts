import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Waits until nothing on the page is loading any more and everything drawn stands still. */
export async function untilSettled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const loading = document.querySelector(
      '#main [aria-label="Loading"], [aria-busy="true"], .mantine-Button-root[data-loading="true"]',
    );
    const moving = document
      .getAnimations()
      .some((a) => a.playState === 'running' && Number.isFinite(a.effect?.getComputedTiming().endTime ?? 0));
    return document.querySelector('h1') !== null && !loading && !moving;
  });
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })`,
  )) as AxeResults;
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => {
      const why = node.failureSummary?.split('\n').slice(1).join(' ').trim();
      return `${id}: ${help}: ${node.target.join(' ')}: ${why}`;
    }),
  );
}

/** What the page breaks of WCAG 2.0 to 2.2, levels A and AA, in the light and in the dark scheme; one line each. */
export async function checkAccessibility(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForFunction(
      (scheme) => document.documentElement.dataset.mantineColorScheme === scheme,
      colorScheme,
    );
    await untilSettled(page);
    found.push(
      ...(await violations(page)).map((text) => `${new URL(page.url()).pathname} ${colorScheme} ${text}`),
    );
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** How many pixels the page is wider than its window; 0 when nothing has to be scrolled sideways. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What {@link checkAccessibility} finds, and whether there is anything to scroll sideways on a phone; leaves the page wide. */
export async function checkPage(page: Page): Promise<string[]> {
  const found = await checkAccessibility(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await untilSettled(page);
  const overflow = await sidewaysOverflow(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  return overflow > 0 ? [...found, `${new URL(page.url()).pathname} is ${overflow} px too wide`] : found;
}
