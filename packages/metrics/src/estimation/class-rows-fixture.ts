import { type ClassProfile, classBins, type PerformanceProfile, type Profile } from '@plumbline/contracts';
import { randomNumbers } from '../random-fixture.ts';

export interface ClassRow {
  /** By class; they add up to 1. */
  probabilities: Record<string, number>;
  predicted: string;
  actual: string;
}

const binOf = (share: number) => Math.min(classBins - 1, Math.floor(share * classBins));

function profileClass(label: string, rows: readonly ClassRow[]): ClassProfile {
  const members = rows.map(({ probabilities, predicted, actual }) => {
    const share = probabilities[label] ?? 0;
    return { share, bin: binOf(share), isPredicted: predicted === label, isActual: actual === label, actual };
  });
  const bins = [...new Set(members.map(({ bin }) => bin))].sort((a, b) => a - b);
  const total = (of: (member: (typeof members)[number]) => number) => {
    const sums = new Map<number, number>();
    for (const member of members) sums.set(member.bin, (sums.get(member.bin) ?? 0) + of(member));
    return bins.map((bin) => sums.get(bin) ?? 0);
  };
  const [counts, scoreSums] = [total(() => 1), total(({ share }) => share)];
  return {
    label,
    bins,
    counts,
    scoreSums,
    positives: total(({ isPredicted }) => Number(isPredicted)),
    labelled: counts,
    actuals: total(({ isActual }) => Number(isActual)),
    labelledScoreSums: scoreSums,
    rivals: [...new Set(rows.map(({ actual }) => actual))]
      .filter((rival) => rival !== label)
      .sort()
      .map((rival) => ({ label: rival, bins, counts: total(({ actual }) => Number(actual === rival)) })),
  };
}

/** Profile of labelled multiclass events, without columns. */
export function profileClasses(rows: readonly ClassRow[]): Profile {
  const labels = Object.keys(rows[0]?.probabilities ?? {});
  const confusion: NonNullable<PerformanceProfile['confusion']> = [];
  for (const { actual, predicted } of rows) {
    const known = confusion.find((cell) => cell.actual === actual && cell.predicted === predicted);
    if (known) known.count += 1;
    else confusion.push({ actual, predicted, count: 1 });
  }
  const classes = { n: rows.length, classes: labels.sort().map((label) => profileClass(label, rows)) };
  return { events: rows.length, columns: {}, performance: { labelled: rows.length, confusion, classes } };
}

const softmax = (logits: number[]) => {
  const weights = logits.map(Math.exp);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
};

/** Events of three classes whose labels are drawn from the true probabilities; the posted ones are `confidence` times surer. */
export function drawClasses(seed: number, n: number, confidence: number, shift = 0): ClassRow[] {
  const { normal, uniform } = randomNumbers(seed);
  return Array.from({ length: n }, () => {
    const logits = [1.5 * normal(), 1.5 * normal() - 0.5, 1.5 * normal() - 1 + shift];
    const [a = 0, b = 0] = softmax(logits);
    const [pa = 0, pb = 0, pc = 0] = softmax(logits.map((logit) => confidence * logit));
    const draw = uniform();
    return {
      probabilities: { a: pa, b: pb, c: pc },
      predicted: pa >= pb && pa >= pc ? 'a' : pb >= pc ? 'b' : 'c',
      actual: draw < a ? 'a' : draw < a + b ? 'b' : 'c',
    };
  });
}
