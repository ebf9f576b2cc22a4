import type { Arrival, Profile } from '@plumbline/contracts';
import { wilson } from '@plumbline/stats';
import { mergeProfiles } from '../merge-profiles.ts';
import { countDelays, delayError, delayQuantile, labelsWithin } from './label-delays.ts';

const hour = 3600;
const day = 24 * hour;
const ages = [hour, 6 * hour, day, 2 * day, 3 * day, 7 * day, 14 * day, 30 * day, 60 * day, 90 * day];
const quantiles = [0.5, 0.9, 0.95, 0.99];

/** Fewest labels for a quantile: at least five of them lie beyond it. */
const fewest = (quantile: number) => Math.max(30, Math.ceil(5 / (1 - quantile)));

/** Numbers of an answer; its times are written by who gives it. */
export type ArrivalReport = Omit<Arrival, 'freshness'> & { newestMs: number | null };

/** How labels of a window arrive. `days`: profiles by UTC day (start, ms), several a day or none. */
export function arrivalReport(
  days: readonly { start: number; profile: Profile }[],
  nowMs: number,
): ArrivalReport {
  const whole = mergeProfiles(days.map(({ profile }) => profile));
  const { delays, labelled } = whole.performance;
  const n = delays ? countDelays(delays) : 0;
  return {
    newestMs: whole.newestMs ?? null,
    n_events: whole.events,
    n_labelled: labelled,
    n_timed: delays || whole.events === 0 ? n : null,
    delay_error: delayError,
    delays: quantiles.map((quantile) => {
      const isEnough = n >= fewest(quantile);
      const found = delays && isEnough ? delayQuantile(delays, quantile) : undefined;
      const status = n === 0 ? 'empty' : isEnough ? 'ok' : 'insufficient_data';
      const { value: seconds = null, from: lower = null, to: upper = null } = found ?? {};
      return { quantile, seconds, lower, upper, status };
    }),
    coverage_by_age: delays ? coverageByAge(days, nowMs) : [],
  };
}

function coverageByAge(days: readonly { start: number; profile: Profile }[], nowMs: number) {
  return ages.flatMap((age) => {
    const old = days.filter(({ start }) => endOfDay(start) + age * 1000 <= nowMs);
    const events = old.reduce((sum, { profile }) => sum + profile.events, 0);
    if (events === 0) return [];
    const labelled = old.reduce((sum, { profile: { performance } }) => {
      return sum + (performance.delays ? labelsWithin(performance.delays, age) : 0);
    }, 0);
    const interval = wilson(labelled, events);
    return [
      {
        age_seconds: age,
        n_events: events,
        n_labelled: labelled,
        coverage: labelled / events,
        lower: interval?.lower ?? null,
        upper: interval?.upper ?? null,
      },
    ];
  });
}

const endOfDay = (ms: number) => (Math.floor(ms / (day * 1000)) + 1) * day * 1000;
