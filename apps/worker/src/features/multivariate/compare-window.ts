import { setImmediate as otherWork } from 'node:timers/promises';
import type { MultivariateResult } from '@plumbline/contracts';
import { domainClassifier, encodeSamples, type RowSample, reconstructionDrift } from '@plumbline/metrics';

/** Trees of one comparison, five folds of fifty; windows of the reference need as many each. */
const treesOfComparison = 250;
const mostComparisons = 6;

/**
 * Compares a window with the reference, letting other work of the process run after every tree. `onProgress` hears the
 * share that is done and says whether to go on; the result is null when it said no.
 */
export async function compareWindow(
  sides: { reference: RowSample; current: RowSample },
  window: { lengthMs: number; referenceValues?: readonly number[] },
  onProgress: (share: number) => Promise<boolean>,
): Promise<MultivariateResult | null> {
  const [reference = [], current = []] = encodeSamples([sides.reference, sides.current]);
  const { times } = sides.reference;
  const { lengthMs: windowMs, referenceValues } = window;
  const reconstruction = reconstructionDrift({ reference, current, times, windowMs });
  const steps = domainClassifier({
    reference,
    current,
    times,
    windowMs,
    ...(referenceValues ? { referenceValues } : {}),
  });
  const trees = treesOfComparison * (referenceValues ? 1 : mostComparisons);
  let step = steps.next();
  for (let done = 1; !step.done; done++) {
    if (!(await onProgress(Math.min(0.99, done / trees)))) return null;
    await otherWork();
    step = steps.next();
  }
  return {
    rows: sides.current.rows,
    reference_rows: sides.reference.rows,
    reconstruction,
    classifier: step.value,
  };
}
