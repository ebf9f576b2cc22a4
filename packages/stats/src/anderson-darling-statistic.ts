import type { PooledGroups } from './pooled-groups.ts';

/**
 * Two-sample Anderson–Darling statistic with midranks, standardised: the squared distance of the distribution functions,
 * weighted by 1/(H(1−H)) of the pooled one, so that the tails count as much as the middle, in standard deviations from
 * what is expected when nothing differs (of values without ties). May be negative.
 *
 * `undefined` when a sample is empty, with fewer than four values in all, and when all values are equal.
 * Source: Scholz and Stephens (1987), "K-sample Anderson–Darling tests", statistic A²akN.
 */
export function andersonDarlingStatistic(groups: PooledGroups): number | undefined {
  const { n1, n2, values } = groups;
  if (n1 === 0 || n2 === 0 || n1 + n2 < 4 || values.length < 2) return undefined;
  return (distance(groups) - 1) / Math.sqrt(variance(n1, n2));
}

function distance({ first, second, n1, n2 }: PooledGroups): number {
  const n = n1 + n2;
  let sum = 0;
  let below1 = 0;
  let below = 0;
  for (let i = 0; i < first.length; i++) {
    const own = first[i] ?? 0;
    const here = own + (second[i] ?? 0);
    const rank = below + here / 2;
    // The second sample's gap is the first's with the other sign.
    const gap = n * (below1 + own / 2) - rank * n1;
    sum += (here * gap * gap) / (rank * (n - rank) - (n * here) / 4);
    below1 += own;
    below += here;
  }
  return ((n - 1) / n / n) * sum * (1 / n1 + 1 / n2);
}

/** Variance of the distance when nothing differs, by the paper's equation 4 for two samples. */
function variance(n1: number, n2: number): number {
  const n = n1 + n2;
  const inverses = 1 / n1 + 1 / n2;
  let h = 0;
  let g = 0;
  for (let i = 1; i < n - 1; i++) {
    h += 1 / (n - i);
    g += h / (i + 1);
  }
  h += 1;
  const a = 4 * g - 6 + (10 - 6 * g) * inverses;
  const b = (2 * g - 4) * 4 + 16 * h + (2 * g - 14 * h - 4) * inverses - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * 4 + (4 * h - 4 * g + 6) * 2 + (2 * h - 6) * inverses + 4 * h;
  const d = (2 * h + 6) * 4 - 8 * h;
  return (a * n ** 3 + b * n ** 2 + c * n + d) / ((n - 1) * (n - 2) * (n - 3));
}
