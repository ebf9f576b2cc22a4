import type { PooledGroups } from './pooled-groups.ts';

/**
 * Energy distance of two samples, √(2∫(F−G)²dx) = √(2E|X−Y| − E|X−X′| − E|Y−Y′|), in square roots of the unit of the
 * values; symmetric. `undefined` when a sample is empty.
 * Source: Székely (2002), in the normalisation of scipy.
 */
export function energyDistance({ values, first, second, n1, n2 }: PooledGroups): number | undefined {
  if (n1 === 0 || n2 === 0) return undefined;
  let [seen1, seen2, sum] = [0, 0, 0];
  for (let i = 0; i + 1 < values.length; i++) {
    seen1 += first[i] ?? 0;
    seen2 += second[i] ?? 0;
    sum += (seen1 / n1 - seen2 / n2) ** 2 * ((values[i + 1] ?? 0) - (values[i] ?? 0));
  }
  const distance = Math.sqrt(2 * sum);
  return Number.isFinite(distance) ? distance : undefined;
}
