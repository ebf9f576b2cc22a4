import type { Segment } from '@plumbline/contracts';
import { type Moments, mergeMoments, mixRate, z95 } from '@plumbline/stats';
import { concentrationOf, type SegmentPart, type TakenApart, unknownOfPart } from './taken-apart.ts';

const none: Moments = { n: 0, mean: 0, m2: 0 };

/** A row's weight in an estimate: a·x + b in the segment, a·x outside. */
interface Influence {
  inside: { a: number; b: number };
  outside: { a: number };
}

/**
 * Mix and rate of every segment, with intervals by the delta method: rows of a window are independent, the shares count
 * as drawn. Undefined when a window has no rows.
 */
export function meanChange(before: readonly Segment[], after: readonly Segment[]): TakenApart | undefined {
  const [m0, m1] = [before, after].map((segments) => segments.map(({ moments }) => moments)) as [
    Moments[],
    Moments[],
  ];
  const found = mixRate(
    m0.map((compared, i) => ({
      weightBefore: compared.n,
      weightAfter: m1[i]?.n ?? 0,
      meanBefore: compared.n > 0 ? compared.mean : undefined,
      meanAfter: (m1[i]?.n ?? 0) > 0 ? m1[i]?.mean : undefined,
    })),
  );
  if (!found) return undefined;
  const change = found.after - found.before;
  const middle = (found.after + found.before) / 2;
  const [n0, n1] = [m0, m1].map((all) => all.reduce((sum, { n }) => sum + n, 0)) as [number, number];
  let chance = 0;
  const parts: SegmentPart[] = found.segments.flatMap(({ contribution, rate, mix }, code) => {
    const [compared, current] = [m0[code] ?? none, m1[code] ?? none];
    if (compared.n + current.n === 0) return [];
    const [w0, w1] = [compared.n / n0, current.n / n1];
    const shift = (w1 - w0) / 2;
    const spread = (evenShare: number) =>
      Math.sqrt(
        variance(m1, code, {
          inside: { a: 1 - shift - evenShare, b: -middle - (evenShare > 0 ? change / 2 : 0) },
          outside: { a: -shift - evenShare },
        }) +
          variance(m0, code, {
            inside: { a: -1 - shift + evenShare, b: middle - (evenShare > 0 ? change / 2 : 0) },
            outside: { a: -shift + evenShare },
          }),
      );
    chance += (spread((w0 + w1) / 2) * Math.sqrt(2 / Math.PI)) / 2;
    const margin = z95 * spread(0);
    return {
      ...unknownOfPart,
      codes: [code],
      n: current.n,
      nCompared: compared.n,
      share: w1,
      shareCompared: w0,
      value: current.n > 0 ? current.mean : null,
      valueCompared: compared.n > 0 ? compared.mean : null,
      contribution,
      rate,
      mix,
      lower: contribution - margin,
      upper: contribution + margin,
    };
  });
  const concentration = concentrationOf(parts, change);
  return { parts, concentration, chance, rankValue: concentration - chance };
}

/** Variance of the mean influence of a window's rows. */
function variance(all: readonly Moments[], code: number, { inside, outside }: Influence): number {
  const segment = all[code] ?? none;
  const rest = all.reduce((sum, moments, i) => (i === code ? sum : mergeMoments(sum, moments)), none);
  const n = segment.n + rest.n;
  if (n === 0) return 0;
  const share = segment.n / n;
  const within = (inside.a ** 2 * segment.m2 + outside.a ** 2 * rest.m2) / n;
  const between = share * (1 - share) * (inside.a * segment.mean + inside.b - outside.a * rest.mean) ** 2;
  return (within + between) / n;
}
