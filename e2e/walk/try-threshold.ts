import type { Page } from 'playwright-core';
import { waitUntil } from '../wait-until.ts';

/** On the performance page: moves the decision threshold by keyboard and gives misses a cost. The query it ends with. */
export async function tryThreshold(page: Page): Promise<URLSearchParams> {
  const query = () => new URL(page.url()).searchParams;
  await page.getByRole('slider', { name: 'Decision threshold' }).focus();
  await page.keyboard.press('ArrowRight');
  await waitUntil('the threshold in the link', 10_000, async () => query().has('threshold'));
  await page.getByLabel('late, predicted on_time', { exact: true }).fill('-20');
  await page.getByText('Best on these events').waitFor();
  await page.reload();
  await page.getByText('Best on these events').waitFor();
  return query();
}
