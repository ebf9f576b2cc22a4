import type { ClassesProfile, ClassProfile } from '@plumbline/contracts';
import type { SampleEvent } from './sample-events.ts';

type Sums = Omit<ClassProfile, 'label' | 'rivals'>;

/** One class against the rest, event by event. */
export function plainClasses(rows: SampleEvent[]): ClassesProfile {
  const classified = rows.filter(
    ({ event }) =>
      event.prediction_label !== undefined && Object.keys(event.prediction_scores ?? {}).length > 0,
  );
  const labels = new Set(classified.flatMap(({ event }) => Object.keys(event.prediction_scores ?? {})));
  const classes = [...labels].sort().map((label): ClassProfile => {
    const members = classified.flatMap(({ event, actual }) => {
      const scores = Object.values(event.prediction_scores ?? {});
      const probability = event.prediction_scores?.[label];
      if (probability === undefined) return [];
      const share = probability / scores.reduce((sum, p) => sum + p, 0);
      const isLabelled = actual?.actual_label != null;
      return [
        {
          share,
          bin: Math.min(99, Math.floor(share * 100)),
          isPredicted: event.prediction_label === label,
          isLabelled,
          isActual: isLabelled && actual?.actual_label === label,
          rival: isLabelled && actual?.actual_label !== label ? String(actual?.actual_label) : undefined,
        },
      ];
    });
    const bins = [...new Set(members.map(({ bin }) => bin))].sort((a, b) => a - b);
    const total = (bin: number, of: (member: (typeof members)[number]) => number) =>
      members.reduce((sum, member) => sum + (member.bin === bin ? of(member) : 0), 0);
    const sums: Sums = {
      bins,
      counts: bins.map((bin) => total(bin, () => 1)),
      scoreSums: bins.map((bin) => total(bin, ({ share }) => share)),
      positives: bins.map((bin) => total(bin, ({ isPredicted }) => Number(isPredicted))),
      labelled: bins.map((bin) => total(bin, ({ isLabelled }) => Number(isLabelled))),
      actuals: bins.map((bin) => total(bin, ({ isActual }) => Number(isActual))),
      labelledScoreSums: bins.map((bin) => total(bin, ({ isLabelled, share }) => (isLabelled ? share : 0))),
    };
    const rivals = [...new Set(members.flatMap(({ rival }) => rival ?? []))].sort().map((rival) => {
      const held = bins.filter((bin) => total(bin, (member) => Number(member.rival === rival)) > 0);
      const counts = held.map((bin) => total(bin, (member) => Number(member.rival === rival)));
      return { label: rival, bins: held, counts };
    });
    return { label, ...sums, rivals };
  });
  return { n: classified.length, classes };
}
