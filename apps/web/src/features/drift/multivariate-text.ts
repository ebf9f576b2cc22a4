import type { MultivariateWindow } from '@plumbline/contracts';
import { formatCount, formatNumber, formatShare, formatShort } from '../../format-number.ts';
import type { StatusLook } from '../../ui/status-word.tsx';

type Result = NonNullable<MultivariateWindow['result']>;
export type Measure = Result['classifier'] | Result['reconstruction'];

/** `threshold 0.65`, or both ends; nothing where there is no value to hold against it. */
export function thresholdText({ value, threshold, threshold_lower: lower }: Measure): string {
  if (value === null) return '';
  return `threshold ${lower === null ? '' : `${formatShort(lower)} to `}${formatShort(threshold)}`;
}

/** The value, or why there is none. */
export const valueText = ({ value, status }: Measure): string =>
  value === null ? status.replaceAll('_', ' ') : formatNumber(value);

const measureText = (measure: Measure): string =>
  measure.value === null ? valueText(measure) : `${valueText(measure)} (${thresholdText(measure)})`;

/** What the classifier separates by, when it does. */
export function separatedBy({ classifier }: Result): string {
  if (classifier.value === null || !classifier.drifted) return '';
  return classifier.features
    .slice(0, 3)
    .map(({ column, share }) => `${column} ${formatShare(share)}`)
    .join(', ');
}

/** Each embedding's AUC and how far its mean turned. */
export function embeddingTexts({ embeddings }: Result): string[] {
  return embeddings.map(({ name, n, n_reference, classifier, centroid_distance: distance }) => {
    const rows = `${formatCount(n)} with ${formatCount(n_reference)} vectors`;
    const turned = distance === null ? '' : `, centroid distance ${formatNumber(distance)}`;
    return `${name}: AUC ${measureText(classifier)}${turned}; ${rows}`;
  });
}

/** Each text column with what changed of its texts, or that nothing did. */
export function textTexts({ texts }: Result): string[] {
  return texts.map(({ column, n, n_reference, status, descriptors }) => {
    const rows = `${formatCount(n)} with ${formatCount(n_reference)} texts`;
    if (status !== 'ok') return `${column}: ${status.replaceAll('_', ' ')}; ${rows}`;
    const changed = descriptors
      .filter(({ drifted }) => drifted)
      .map(
        ({ descriptor, mean, mean_reference: before }) =>
          `${descriptor.replaceAll('_', ' ')} ${formatNumber(mean)} (reference ${formatNumber(before)})`,
      );
    return `${column}: ${changed.length > 0 ? changed.join(', ') : 'stable'}; ${rows}`;
  });
}

/** Whether any of the methods found drift. */
export const isDrifted = ({ classifier, reconstruction, embeddings, texts }: Result): boolean =>
  [classifier, reconstruction, ...texts, ...embeddings.map((embedding) => embedding.classifier)].some(
    ({ drifted }) => drifted,
  );

/** How many rows were compared with how many. */
export function rowsText({ rows, reference_rows: referenceRows, classifier }: Result): string {
  const { n, n_reference: nReference } = classifier;
  const drawn =
    n < rows || nReference < referenceRows
      ? `, of ${formatCount(rows)} and ${formatCount(referenceRows)}`
      : '';
  return `${formatCount(n)} with ${formatCount(nReference)}${drawn}`;
}

export function verdict({ state, result }: MultivariateWindow): { look: StatusLook; text: string } {
  if (state === 'running') return { look: 'seen', text: 'comparing' };
  if (state !== 'done' || !result) return { look: state === 'failed' ? 'bad' : 'unknown', text: state };
  const { classifier, reconstruction, embeddings } = result;
  const measures = [classifier, reconstruction, ...embeddings.map((embedding) => embedding.classifier)];
  if (measures.every(({ value }) => value === null) && result.texts.every(({ status }) => status !== 'ok'))
    return { look: 'unknown', text: classifier.status.replaceAll('_', ' ') };
  return isDrifted(result) ? { look: 'warning', text: 'Drifted' } : { look: 'good', text: 'Stable' };
}
