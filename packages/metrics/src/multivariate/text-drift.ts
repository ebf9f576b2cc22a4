import type { TextDrift } from '@plumbline/contracts';
import { benjaminiHochberg, ksPValue, ksStatistic, wasserstein } from '@plumbline/stats';
import { describeText, type TextDescriptor, textDescriptors, wordsOf } from './describe-text.ts';
import { meanAndDeviation } from './mean-and-deviation.ts';

const leastRows = 100;
const leastDistance = 0.1;
const significance = 0.05;

/**
 * Drift of a text column by what describes its texts: for each descriptor the Wasserstein distance in standard deviations
 * of the reference and the p-value of the two-sample Kolmogorov–Smirnov test. A descriptor drifted when the distance is
 * at least 0.1 and p stays below 0.05 after Benjamini–Hochberg over the descriptors; the column, when one of them did.
 * The vocabulary is that of every second text of the reference; the others show how many words are unseen without drift.
 */
export function textDrift(
  column: string,
  reference: readonly (string | null)[],
  current: readonly (string | null)[],
): TextDrift {
  const before = reference.filter((text) => text !== null);
  const after = current.filter((text) => text !== null);
  const base = { column, n: after.length, n_reference: before.length };
  if (after.length === 0) return { ...base, status: 'empty', drifted: false, descriptors: [] };
  if (Math.min(before.length, after.length) < leastRows)
    return { ...base, status: 'insufficient_data', drifted: false, descriptors: [] };
  const vocabulary = new Set(before.filter((_, i) => i % 2 === 0).flatMap(wordsOf));
  const described = [before, after].map((texts) => texts.map((text) => describeText(text, vocabulary)));
  const compared = textDescriptors.map((descriptor) => {
    const [known = [], found = []] = described.map((rows, side) =>
      rows
        .filter((_, i) => side === 1 || descriptor !== 'unseen_word_share' || i % 2 === 1)
        .map((row) => row[descriptor])
        .filter(Number.isFinite),
    );
    return compare(descriptor, known, found);
  });
  const adjusted = benjaminiHochberg(compared.map(({ p_value: p }) => p ?? undefined));
  const descriptors = compared.map((entry, i) => ({
    ...entry,
    adjusted_p: adjusted[i] ?? null,
    drifted: (entry.value ?? 0) >= leastDistance && (adjusted[i] ?? 1) < significance,
  }));
  return { ...base, status: 'ok', drifted: descriptors.some(({ drifted }) => drifted), descriptors };
}

function compare(descriptor: TextDescriptor, before: number[], after: number[]) {
  const { mean, deviation } = meanAndDeviation(before);
  const distance = wasserstein(before, after);
  const base = {
    descriptor,
    mean: after.length === 0 ? null : meanAndDeviation(after).mean,
    mean_reference: before.length === 0 ? null : mean,
  };
  if (distance === undefined) return { ...base, status: 'empty' as const, value: null, p_value: null };
  if (deviation === 0) return { ...base, status: 'constant' as const, value: null, p_value: null };
  const p = ksPValue(ksStatistic(before, after) ?? 0, before.length, after.length);
  return { ...base, status: 'ok' as const, value: distance / deviation, p_value: p ?? null };
}
