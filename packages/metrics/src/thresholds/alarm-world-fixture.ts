import type { BinSet, BinSetColumn, ColumnProfile, Profile } from '@plumbline/contracts';
import { quantileEdges } from '@plumbline/stats';
import { mergeProfiles } from '../merge-profiles.ts';
import { drawCounts, type RandomNumbers, randomNumbers } from '../random-fixture.ts';

/** A feature of a simulated model: values of a distribution, or categories of these shares. */
export type FeatureKind = 'normal' | 'log-normal' | 'uniform' | readonly number[];

const evenly = (n: number) => Array.from({ length: n }, () => 1 / n);

/** Half the features are numbers, half categories. */
export const featureKinds: Readonly<Record<string, FeatureKind>> = {
  normal: 'normal',
  '2 categories': evenly(2),
  'log-normal': 'log-normal',
  '5 categories': [0.5, 0.25, 0.15, 0.06, 0.04],
  uniform: 'uniform',
  '10 categories': evenly(10),
};

/** Rows of one feature on one day: the values of numbers, the counts of categories. */
export type Sample = { values: Float64Array } | { counts: number[] };

const distributions: Record<
  Extract<FeatureKind, string>,
  { deviation: number; value: (random: RandomNumbers) => number }
> = {
  normal: { deviation: 1, value: ({ normal }) => normal() },
  'log-normal': { deviation: Math.sqrt((Math.E - 1) * Math.E), value: ({ normal }) => Math.exp(normal()) },
  uniform: { deviation: Math.sqrt(1 / 12), value: ({ uniform }) => uniform() },
};

/** Numbers move by `shift` standard deviations; of categories, that share of all rows moves from the first to the second. */
function drawSample(kind: FeatureKind, n: number, shift: number, random: RandomNumbers): Sample {
  if (typeof kind === 'object') {
    const shares = kind.map((share, i) => (i === 0 ? share - shift : i === 1 ? share + shift : share));
    return { counts: [...drawCounts(n, shares, random.uniform), 0, 0] };
  }
  const { deviation, value } = distributions[kind];
  return { values: Float64Array.from({ length: n }, () => value(random) + shift * deviation) };
}

function binsOf(kind: FeatureKind, reference: readonly Sample[]): BinSetColumn['bins'] {
  if (typeof kind === 'object')
    return { layout: 'categorical', values: kind.map((_, i) => `c${i}`), rare: [] };
  const all = Float64Array.from(
    reference.flatMap((sample) => ('values' in sample ? [...sample.values] : [])),
  ).sort();
  return { layout: 'numeric', edges: [...(quantileEdges(all, 20) ?? [])] };
}

/** A histogram with its sums, as the columnar engine makes it. */
function profileSample({ bins }: BinSetColumn, sample: Sample): ColumnProfile {
  if ('counts' in sample) {
    const { counts } = sample;
    return { n: counts.reduce((sum, count) => sum + count, 0), missing: 0, counts, unseen: [] };
  }
  const { values } = sample;
  const edges = bins.layout === 'numeric' ? bins.edges : [];
  const last = edges.length - 1;
  const profile = { counts: new Array<number>(last + 2).fill(0), sums: new Array<number>(last + 2).fill(0) };
  let [sum, squares] = [0, 0];
  for (const value of values) {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((edges[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    const bin = value === edges[last] ? last : low;
    profile.counts[bin] = (profile.counts[bin] ?? 0) + 1;
    profile.sums[bin] = (profile.sums[bin] ?? 0) + value;
    sum += value;
    squares += value * value;
  }
  const n = values.length;
  return { ...profile, n, missing: 0, mean: sum / n, m2: squares - (sum * sum) / n };
}

export interface AlarmWorld {
  binSet: BinSet;
  kinds: FeatureKind[];
  /** The reference as a whole, and its days. */
  reference: Profile;
  referenceDays: Profile[];
  /** Days like those of the reference. */
  days: Profile[];
  /** A further day of a feature, shifted. */
  shifted(feature: number, shift: number): { sample: Sample; profile: ColumnProfile };
  /** The same rows for rules that read them, by feature. */
  samples: { reference: Sample[]; days: Sample[] }[];
}

/** A model whose features do not change: a reference of `referenceDays` days and `days` days after it, of `n` rows each. */
export function alarmWorld(input: {
  seed: number;
  features: number;
  referenceDays: number;
  days: number;
  n: number;
}): AlarmWorld {
  const { seed, features, n } = input;
  const random = randomNumbers(seed);
  const names = Object.keys(featureKinds);
  const made = Array.from({ length: features }, (_, i) => {
    const name = names[i % names.length] ?? '';
    const kind = featureKinds[name] ?? 'normal';
    const draw = (days: number) => Array.from({ length: days }, () => drawSample(kind, n, 0, random));
    const [reference, days] = [draw(input.referenceDays), draw(input.days)];
    const column: BinSetColumn = {
      column: `features.f${i}`,
      kind: typeof kind === 'object' ? 'categorical' : 'numeric',
      bins: binsOf(kind, reference),
    };
    return { kind, column, reference, days };
  });
  const profiles = (count: number, of: 'reference' | 'days') =>
    Array.from({ length: count }, (_, day): Profile => {
      const columns = made.flatMap(({ column, [of]: samples }) => {
        const sample = samples[day];
        return sample ? [[column.column, profileSample(column, sample)] as const] : [];
      });
      return { events: n, columns: Object.fromEntries(columns), performance: { labelled: 0 } };
    });
  const referenceDays = profiles(input.referenceDays, 'reference');
  return {
    binSet: { columns: made.map(({ column }) => column) },
    kinds: made.map(({ kind }) => kind),
    reference: mergeProfiles(referenceDays),
    referenceDays,
    days: profiles(input.days, 'days'),
    shifted(feature, shift) {
      const of = made[feature];
      if (!of) throw new RangeError('no such feature');
      const sample = drawSample(of.kind, n, shift, random);
      return { sample, profile: profileSample(of.column, sample) };
    },
    samples: made.map(({ reference, days }) => ({ reference, days })),
  };
}
