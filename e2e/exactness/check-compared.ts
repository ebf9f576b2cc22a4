import type { PerformanceAnswer } from '@plumbline/contracts';
import type { Comparison } from './comparison.ts';
import { type ExpectedPerformance, expectedPerformance } from './expected-performance.ts';
import { comparedWith, type Question, select } from './selection.ts';
import type { Truth } from './truth.ts';

/** The other side of a performance answer that compares two times, and the changes with their intervals. */
export function checkCompared(
  compare: Comparison,
  path: string,
  truth: Truth,
  question: Question,
  { now, answer }: { now: ExpectedPerformance; answer: PerformanceAnswer },
): void {
  const other = comparedWith(question);
  if (!other) return;
  const then = expectedPerformance(truth.data, select(truth.data, other), truth.task, truth.positive);
  compare.equal(`${path} compared n_events`, answer.compared_to?.n_events, then.events);
  compare.equal(`${path} compared n_labelled`, answer.compared_to?.n_labelled, then.labelled);
  for (const { metric, compared } of answer.metrics) {
    const [a, b] = [now.scores.get(metric), then.scores.get(metric)];
    compare.equal(`${path} ${metric} compared status`, compared?.status, b?.status);
    compare.equal(`${path} ${metric} compared n`, compared?.n, b?.n);
    compare.close(`${path} ${metric} compared`, compared?.value, b?.value);
    compare.close(`${path} ${metric} compared lower`, compared?.lower, b?.lower);
    compare.close(`${path} ${metric} compared upper`, compared?.upper, b?.upper);
    if (a?.value == null || b?.value == null) {
      compare.equal(`${path} ${metric} change`, compared?.change, null);
      continue;
    }
    const change = a.value - b.value;
    compare.close(`${path} ${metric} change`, compared?.change, change);
    const hasIntervals = [a.lower, a.upper, b.lower, b.upper].every((end) => end !== undefined);
    const distance = (x = 0, y = 0, u = 0, v = 0) => Math.sqrt((x - y) ** 2 + (u - v) ** 2);
    const below = distance(a.value, a.lower, b.upper, b.value);
    const above = distance(a.upper, a.value, b.value, b.lower);
    compare.close(
      `${path} ${metric} change from`,
      compared?.change_lower,
      hasIntervals ? change - below : null,
    );
    compare.close(
      `${path} ${metric} change to`,
      compared?.change_upper,
      hasIntervals ? change + above : null,
    );
  }
}
