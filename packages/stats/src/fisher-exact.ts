import { logGamma } from './log-gamma.ts';

/** Tables as likely as the observed one count in, despite rounding. */
const tolerance = 1e-7;

/**
 * Two-sided p-value of Fisher's exact test that two proportions are equal: the probability, with all margins fixed, of
 * the tables that are no likelier than the observed one. `undefined` when a side is empty or has successes outside
 * [0, n]. Exact to about 1e-10 for counts up to a million; its work grows with the rarer outcome.
 * Source: Fisher (1935); scipy `fisher_exact`.
 */
export function fisherExact(
  successes1: number,
  n1: number,
  successes2: number,
  n2: number,
): number | undefined {
  if (!(n1 > 0 && n2 > 0 && successes1 >= 0 && successes2 >= 0)) return undefined;
  if (!(successes1 <= n1 && successes2 <= n2) || !Number.isFinite(n1 + n2)) return undefined;
  const successes = successes1 + successes2;
  if (2 * successes > n1 + n2) return fisherExact(n1 - successes1, n1, n2 - successes2, n2);
  const first = Math.max(0, successes - n2);
  const last = Math.min(successes, n1);
  const logOf = (hits: number) => logChoose(n1, hits) + logChoose(n2, successes - hits);
  const total = logChoose(n1 + n2, successes);
  const observed = logOf(successes1) + tolerance;
  let p = 0;
  for (let hits = first; hits <= last; hits++) {
    const log = logOf(hits);
    if (log <= observed) p += Math.exp(log - total);
  }
  return Math.min(1, p);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
