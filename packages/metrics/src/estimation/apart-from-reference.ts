import type { MultivariateResult } from '@plumbline/contracts';

/** ROC AUC of the domain classifier above which events are taken to lie where the reference has none. */
export const apartAuc = 0.9;
/** Least share of a window that must have been found apart. */
const apartShare = 0.5;

/** A window that was compared with the reference on all columns; [fromMs, toMs), epoch ms. */
interface ComparedWindow {
  fromMs: number;
  toMs: number;
  result: Pick<MultivariateResult, 'classifier'> | null;
}

/**
 * The largest AUC with which a domain classifier tells the events of [startMs, endMs) from the reference's, when it is
 * above 0.9, further than windows of the reference differ among themselves, and so over at least half of the window. Else
 * undefined: also of windows that were not compared.
 */
export function apartFromReference(
  { startMs, endMs }: { startMs: number; endMs: number },
  compared: readonly ComparedWindow[],
): number | undefined {
  const apart = compared
    .flatMap(({ fromMs, toMs, result }) => {
      const { value, drifted } = result?.classifier ?? { value: null, drifted: false };
      const [from, to] = [Math.max(fromMs, startMs), Math.min(toMs, endMs)];
      return drifted && value !== null && value > apartAuc && from < to ? [{ from, to, value }] : [];
    })
    .sort((a, b) => a.from - b.from);
  let covered = 0;
  let reached = startMs;
  for (const { from, to } of apart) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  if (apart.length === 0 || covered < apartShare * (endMs - startMs)) return undefined;
  return Math.max(...apart.map(({ value }) => value));
}
