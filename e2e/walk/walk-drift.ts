import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { checkAccessibility, untilSettled } from '../check-page.ts';

/** From a model's drift page: the table is sorted, and a column opens to its distribution, its time series and, asked for, other tests. */
export async function openDriftColumn(page: Page): Promise<void> {
  const table = page.getByRole('table', { name: 'Columns by drift' });
  await table.waitFor();
  const statuses = await table.getByText(/^(Drifted|Stable)$/).allTextContents();
  expect(statuses).toEqual([...statuses].sort());
  expect(statuses.length).toBeGreaterThanOrEqual(7);
  await table.getByRole('link', { name: 'origin', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Drift of origin' });
  await panel.getByRole('figure', { name: 'Reference and current distribution' }).waitFor();
  await panel
    .getByRole('figure', { name: /over time$/ })
    .locator('svg path')
    .first()
    .waitFor();
  expect(new URL(page.url()).searchParams.get('column')).toMatch(/origin$/);
  await panel.getByRole('button', { name: 'Ask other tests' }).click();
  await panel.getByRole('table', { name: 'Other tests of origin' }).getByText('Cramér’s V').waitFor();
  expect(new URL(page.url()).searchParams.get('tests')).toBe('asked');
  await untilSettled(page);
  expect(await checkAccessibility(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Close origin' }).click();
  await panel.waitFor({ state: 'detached' });
}

/** From a model's drift page: moves over the heatmap by keyboard, opens a column, and lets NannyML's rules decide. */
export async function walkHeatmap(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Drift of every column over time' });
  const cells = grid.getByRole('gridcell');
  await cells.first().waitFor();
  const words = /, \d{4}-\d\d-\d\d: (.+, (drifted|stable) \(limit|insufficient data|empty)/;
  const labels = await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')));
  for (const label of labels) expect(label).toMatch(words);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-place'));
  await grid.locator('[tabindex="0"]').focus();
  const [row = 0, cell = 0] = (await focused())?.split('/').map(Number) ?? [];
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe(`${row + 1}/${cell - 1}`);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: /^Drift of / }).waitFor();
  await page.getByLabel('Rules').selectOption('as NannyML decides');
  await page.getByText('nannyml jensen shannon').first().waitFor();
  expect(new URL(page.url()).searchParams.get('profile')).toBe('nannyml');
  await untilSettled(page);
  expect(await checkAccessibility(page)).toEqual([]);
  await page.getByLabel('Rules').selectOption('Plumbline');
  await page.getByRole('button', { name: /^Close / }).click();
}
