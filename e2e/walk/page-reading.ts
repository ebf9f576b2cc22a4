import type { FilterLeaf } from '@plumbline/contracts';
import type { Locator, Page } from 'playwright-core';
import { untilSettled } from '../check-page.ts';

/** The first number in a piece of text, without its thousands separators. */
function firstNumber(text: string): number {
  return Number(/[−-]?\d[\d,]*(\.\d+)?/.exec(text)?.[0].replaceAll(',', '').replace('−', '-') ?? Number.NaN);
}

/** The first number shown inside an element. */
export async function numberIn(locator: Locator): Promise<number> {
  return firstNumber((await locator.first().textContent()) ?? '');
}

/** The one comparison in the filter of an address, or undefined. */
export function leafOf(url: string): FilterLeaf | undefined {
  const text = new URL(url).searchParams.get('filter');
  if (text === null) return undefined;
  const filter = JSON.parse(text) as FilterLeaf | { and: FilterLeaf[] };
  return 'and' in filter ? filter.and[0] : filter;
}

/** The number of the first row below a header; which columns there are depends on the data. */
async function inFirstRow(table: Locator, header: string): Promise<number> {
  const headers = await table.getByRole('columnheader').allTextContents();
  const column = headers.findIndex((text) => text.trim() === header);
  if (column === -1) throw new Error(`no column ${header}: ${headers.join(', ')}`);
  return numberIn(table.getByRole('row').nth(1).getByRole('cell').nth(column));
}

/** How many events a page of the model says it is about, read from where that page says it. */
export async function cohortOf(page: Page, name: string): Promise<number> {
  await untilSettled(page);
  switch (name) {
    case 'Overview':
      return numberIn(page.getByText('Events', { exact: true }).locator('xpath=../..'));
    case 'Drift':
      return inFirstRow(page.getByRole('table', { name: 'Columns by drift' }), 'n current');
    case 'Performance': {
      const text = await page.getByText(/of events have an actual/).textContent();
      return firstNumber(/of ([\d,]+)\.$/.exec(text ?? '')?.[1] ?? '');
    }
    case 'Slices': {
      const rows = page.getByRole('table').first().getByRole('row');
      const counts = await rows
        .getByRole('cell')
        .filter({ hasText: /^[\d,]+$/ })
        .allTextContents();
      return Math.max(...counts.map(firstNumber));
    }
    case 'Predictions': {
      const table = page.getByRole('region', { name: 'Predictions' });
      const text = page.getByText(/that is all/);
      for (let turn = 0; turn < 20 && !(await text.isVisible()); turn += 1) {
        await table.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        await untilSettled(page);
      }
      return numberIn(text);
    }
    default:
      throw new Error(`${name} does not say how many events it is about.`);
  }
}

/** Adds a filter without touching the mouse: Tab, letters, arrows and Enter alone. */
export async function chooseByKeyboard(page: Page, choice: { field: string; value: string }): Promise<void> {
  const isFocused = (label: string) =>
    page.evaluate((text) => {
      const at = document.activeElement;
      const named = at instanceof HTMLInputElement ? (at.labels?.[0]?.textContent ?? '') : at?.textContent;
      return named?.trim().startsWith(text) ?? false;
    }, label);
  const tabTo = async (label: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await isFocused(label)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach “${label}”.`);
  };
  await tabTo('Add filter');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Field' }).waitFor();
  await tabTo('Field');
  await page.keyboard.type(choice.field);
  await page.getByRole('option', { name: choice.field, exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo('Value');
  await page.keyboard.type(choice.value);
  await tabTo('Apply filter');
  await page.keyboard.press('Enter');
}
