import { type Interval, wilson } from './intervals.ts';
import { jackknifeError, normalInterval } from './jackknife.ts';

/** A value with its interval, as far as it has one. */
export type Scored = Partial<Interval> & { value: number };

const sumOf = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);
const rate = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);

/** Matthews correlation, Cohen's kappa and the averages over classes of a matrix (rows actual). */
export function expectedConfusion(matrix: readonly number[][]): Record<string, Scored> {
  const size = matrix.length;
  const at = (cells: ArrayLike<number>, i: number, j: number) => cells[i * size + j] ?? 0;
  const classes = matrix.map((_, k) => k);
  const margins = (cells: ArrayLike<number>) => ({
    n: sumOf(Array.from(cells)),
    hits: classes.map((k) => at(cells, k, k)),
    actual: classes.map((k) => sumOf(classes.map((j) => at(cells, k, j)))),
    predicted: classes.map((k) => sumOf(classes.map((i) => at(cells, i, k)))),
  });
  const flat = matrix.flat();
  const known = margins(flat);
  const seen = classes.filter((k) => (known.actual[k] ?? 0) + (known.predicted[k] ?? 0) > 0).length;
  const averaged =
    (isWeighted: boolean, whole: (actual: number, predicted: number) => number) =>
    (cells: ArrayLike<number>) => {
      const { n, hits, actual, predicted } = margins(cells);
      return sumOf(
        classes.map((k) => {
          const score = rate(hits[k] ?? 0, whole(actual[k] ?? 0, predicted[k] ?? 0));
          return score * (isWeighted ? (actual[k] ?? 0) / n : 1 / seen);
        }),
      );
    };
  const agreement = (cells: ArrayLike<number>) => {
    const { n, hits, actual, predicted } = margins(cells);
    const products = (a: number[], b: number[]) => sumOf(a.map((x, k) => (x / n) * ((b[k] ?? 0) / n)));
    return {
      observed: sumOf(hits) / n,
      chance: products(actual, predicted),
      spread: Math.sqrt((1 - products(actual, actual)) * (1 - products(predicted, predicted))),
    };
  };
  const scores: Record<string, [number, (cells: ArrayLike<number>) => number]> = {
    precision: [0, averaged(false, (_, predicted) => predicted)],
    recall: [0, averaged(false, (actual) => actual)],
    f1: [0, averaged(false, (actual, predicted) => (actual + predicted) / 2)],
    weighted_precision: [0, averaged(true, (_, predicted) => predicted)],
    weighted_f1: [0, averaged(true, (actual, predicted) => (actual + predicted) / 2)],
    mcc: [
      -1,
      (cells) => {
        const { observed, chance, spread } = agreement(cells);
        return (observed - chance) / spread;
      },
    ],
    cohen_kappa: [
      -1,
      (cells) => {
        const { observed, chance } = agreement(cells);
        return (observed - chance) / (1 - chance);
      },
    ],
  };
  return Object.fromEntries(
    Object.entries(scores).map(([metric, [min, score]]) => {
      const value = score(flat);
      return [metric, { value, ...normalInterval(value, jackknifeError(flat, score), min, 1) }];
    }),
  );
}

/** Scores of the positive class from the four counts. */
export function expectedBinary(tp: number, fp: number, fn: number, tn: number): Record<string, Scored> {
  const union = wilson(tp, tp + fp + fn);
  const [recall, specificity] = [tp / (tp + fn), tn / (tn + fp)];
  const [found, refused] = [wilson(tp, tp + fn), wilson(tn, tn + fp)];
  const balanced = (recall + specificity) / 2;
  const below = Math.sqrt((recall - found.lower) ** 2 + (specificity - refused.lower) ** 2);
  const above = Math.sqrt((found.upper - recall) ** 2 + (refused.upper - specificity) ** 2);
  const { mcc, cohen_kappa } = expectedConfusion([
    [tp, fn],
    [fp, tn],
  ]);
  return {
    precision: { value: tp / (tp + fp), ...wilson(tp, tp + fp) },
    recall: { value: recall, ...found },
    specificity: { value: specificity, ...refused },
    false_positive_rate: { value: fp / (tn + fp), ...wilson(fp, tn + fp) },
    false_negative_rate: { value: fn / (tp + fn), ...wilson(fn, tp + fn) },
    negative_predictive_value: { value: tn / (tn + fn), ...wilson(tn, tn + fn) },
    f1: {
      value: (2 * tp) / (2 * tp + fp + fn),
      lower: 2 / (1 + 1 / union.lower),
      upper: 2 / (1 + 1 / union.upper),
    },
    balanced_accuracy: { value: balanced, lower: balanced - below / 2, upper: balanced + above / 2 },
    youden_j: {
      value: recall + specificity - 1,
      lower: recall + specificity - 1 - below,
      upper: recall + specificity - 1 + above,
    },
    ...(mcc ? { mcc } : {}),
    ...(cohen_kappa ? { cohen_kappa } : {}),
  };
}
