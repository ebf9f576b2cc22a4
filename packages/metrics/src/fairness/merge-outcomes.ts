import type { GroupOutcomes } from '@plumbline/contracts';
import { mergeMoments } from '@plumbline/stats';

/** Outcomes of two sets of events put together. */
export function mergeOutcomes(a: GroupOutcomes, b: GroupOutcomes): GroupOutcomes {
  const added = (x: number[], y: number[]) => x.map((value, i) => value + (y[i] ?? 0));
  return {
    events: a.events + b.events,
    labelled: a.labelled + b.labelled,
    predicted: a.predicted + b.predicted,
    selected: a.selected + b.selected,
    confusion: {
      tp: a.confusion.tp + b.confusion.tp,
      fp: a.confusion.fp + b.confusion.fp,
      fn: a.confusion.fn + b.confusion.fn,
      tn: a.confusion.tn + b.confusion.tn,
    },
    judged: a.judged + b.judged,
    correct: a.correct + b.correct,
    scores: mergeMoments(a.scores, b.scores),
    calibration: {
      positives: added(a.calibration.positives, b.calibration.positives),
      negatives: added(a.calibration.negatives, b.calibration.negatives),
      scoreSums: added(a.calibration.scoreSums, b.calibration.scoreSums),
    },
    errors: mergeMoments(a.errors, b.errors),
    absoluteErrors: mergeMoments(a.absoluteErrors, b.absoluteErrors),
  };
}
