import type { ClassesProfile, ClassProfile, ClassRival, Profile } from '@plumbline/contracts';

type Sums = Record<Exclude<keyof ClassProfile, 'label' | 'bins' | 'rivals'>, number>;

const sumNames = ['counts', 'scoreSums', 'positives', 'labelled', 'actuals', 'labelledScoreSums'] as const;
const nothing: Sums = {
  counts: 0,
  scoreSums: 0,
  positives: 0,
  labelled: 0,
  actuals: 0,
  labelledScoreSums: 0,
};

/** Class probabilities of all events of profiles; undefined when a profile with events does not have them. */
export function mergeClasses(profiles: readonly Profile[]): ClassesProfile | undefined {
  const parts: ClassesProfile[] = [];
  for (const { events, performance } of profiles) {
    if (performance.classes) parts.push(performance.classes);
    else if (events > 0) return undefined;
  }
  if (parts.length === 0) return undefined;
  const byLabel = new Map<string, ClassProfile[]>();
  for (const profile of parts.flatMap(({ classes }) => classes))
    byLabel.set(profile.label, [...(byLabel.get(profile.label) ?? []), profile]);
  return {
    n: parts.reduce((sum, { n }) => sum + n, 0),
    classes: [...byLabel].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, same]) => mergeClass(same)),
  };
}

function mergeClass(parts: readonly ClassProfile[]): ClassProfile {
  const sums = new Map<number, Sums>();
  for (const part of parts) {
    for (const [i, bin] of part.bins.entries()) {
      const known = sums.get(bin) ?? { ...nothing };
      for (const name of sumNames) known[name] += part[name][i] ?? 0;
      sums.set(bin, known);
    }
  }
  const rows = [...sums].sort(([a], [b]) => a - b);
  const column = (name: keyof Sums) => rows.map(([, row]) => row[name]);
  return {
    label: parts[0]?.label ?? '',
    bins: rows.map(([bin]) => bin),
    counts: column('counts'),
    scoreSums: column('scoreSums'),
    positives: column('positives'),
    labelled: column('labelled'),
    actuals: column('actuals'),
    labelledScoreSums: column('labelledScoreSums'),
    rivals: mergeRivals(parts.flatMap(({ rivals }) => rivals)),
  };
}

function mergeRivals(parts: readonly ClassRival[]): ClassRival[] {
  const byLabel = new Map<string, Map<number, number>>();
  for (const { label, bins, counts } of parts) {
    const sums = byLabel.get(label) ?? new Map<number, number>();
    for (const [i, bin] of bins.entries()) sums.set(bin, (sums.get(bin) ?? 0) + (counts[i] ?? 0));
    byLabel.set(label, sums);
  }
  return [...byLabel]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, sums]) => {
      const rows = [...sums].sort(([a], [b]) => a - b);
      return { label, bins: rows.map(([bin]) => bin), counts: rows.map(([, count]) => count) };
    });
}
