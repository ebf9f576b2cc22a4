import { setImmediate as otherWork } from 'node:timers/promises';
import type { EmbeddingDrift, MultivariateResult } from '@plumbline/contracts';
import {
  domainClassifier,
  embeddingDrift,
  encodeSamples,
  reconstructionDrift,
  textDrift,
} from '@plumbline/metrics';
import type { Side } from './read-sides.ts';

/** Trees, or steps of a linear learner, of one comparison: five folds of fifty. Windows of the reference need as many each. */
const stepsOfComparison = 250;
const mostComparisons = 6;
const stepsOfCentroids = 199;

/**
 * Compares a window with the reference, letting other work of the process run after every step. `onProgress` hears the
 * share that is done and says whether to go on; the result is null when it said no. `known` is an earlier result for the
 * same reference and length: what it found of the reference is not worked out again.
 */
export async function compareWindow(
  { reference, current }: { reference: Side; current: Side },
  { lengthMs: windowMs, known }: { lengthMs: number; known?: MultivariateResult | undefined },
  onProgress: (share: number) => Promise<boolean>,
): Promise<MultivariateResult | null> {
  const [rowsBefore = [], rowsAfter = []] = encodeSamples([reference.sample, current.sample]);
  const { times } = reference.sample;
  const sides = { reference: rowsBefore, current: rowsAfter, times, windowMs };
  const steps = (comparisons: number) =>
    stepsOfComparison * comparisons * (known ? 1 : mostComparisons) + stepsOfCentroids * (comparisons - 1);
  const all = steps(1 + reference.embeddings.size);
  let done = 0;
  const finish = async <T>(work: Generator<void, T>): Promise<T | null> => {
    let step = work.next();
    while (!step.done) {
      if (!(await onProgress(Math.min(0.99, ++done / all)))) return null;
      await otherWork();
      step = work.next();
    }
    return step.value;
  };
  const valuesOf = (drift: { classifier: MultivariateResult['classifier'] } | undefined) =>
    drift?.classifier.status === 'ok' ? { referenceValues: drift.classifier.reference_values } : {};

  const reconstruction = reconstructionDrift(sides);
  const classifier = await finish(domainClassifier({ ...sides, ...valuesOf(known) }));
  if (!classifier) return null;
  const embeddings: EmbeddingDrift[] = [];
  for (const [name, vectors] of [...reference.embeddings].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const others = current.embeddings.get(name) ?? { times: new Float64Array(), vectors: [] };
    const earlier = known?.embeddings.find((embedding) => embedding.name === name);
    const work = embeddingDrift({
      name,
      reference: vectors,
      current: others,
      windowMs,
      ...valuesOf(earlier),
    });
    const drift = await finish(work);
    if (!drift) return null;
    embeddings.push(drift);
  }
  const texts = reference.texts.map(({ column, values }, i) =>
    textDrift(column, values, current.texts[i]?.values ?? []),
  );
  const { rows } = current.sample;
  return { rows, reference_rows: reference.sample.rows, reconstruction, classifier, embeddings, texts };
}
