import { profileClasses } from '../estimation/class-rows-fixture.ts';
import { findMetric } from '../registry.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

const averages = ['roc_auc', 'weighted_roc_auc', 'roc_auc_ovo'] as const;

interface ClassAucCase extends Record<(typeof averages)[number], number> {
  title: string;
  labels: number[];
  probabilities: number[][];
}

/** Areas under the ROC curve of several classes, from the mergeable histograms of 100 bins a class. */
export function classAucs(): Compared[] {
  const { versions, cases } = readJson<{ versions: Versions; cases: ClassAucCase[] }>(
    'metrics/fixtures/class-auc.fixture.json',
  );
  return cases.flatMap(({ title, labels, probabilities, ...theirs }) => {
    const current = profileClasses(
      labels.map((actual, row) => ({
        actual: String(actual),
        predicted: '0',
        probabilities: Object.fromEntries((probabilities[row] ?? []).map((p, label) => [label, p])),
      })),
    );
    const context = { task: 'multiclass_classification', positiveLabel: null } as const;
    return averages.map((metric) => {
      const score = findMetric(metric)?.scoreModel?.({ context, current, reference: null });
      const library = `scikit-learn ${versions['scikit-learn']}`;
      return compared(
        `\`${metric}\` from 100 bins`,
        title,
        score?.value,
        theirs[metric],
        library,
        score?.errorBound ?? 0,
      );
    });
  });
}
