import { expect, it } from 'vitest';
import { prepareSparkline } from './prepare-sparkline.ts';

it.each([
  ['nothing known draws nothing', [null, null], ''],
  ['no values draw nothing', [], ''],
  ['a flat series runs through the middle', [5, 5], 'M0.0,10.0L100.0,10.0'],
  ['a rise goes from bottom to top', [1, 2], 'M0.0,20.0L100.0,0.0'],
  ['a lone point is a short dash', [3], 'M48.5,10.0h3'],
  ['a gap splits the line', [0, 1, null, 0, 1], 'M0.0,20.0L25.0,0.0M75.0,20.0L100.0,0.0'],
] as const)('%s', (_, values, path) => {
  expect(prepareSparkline([...values], 100, 20)).toBe(path);
});
