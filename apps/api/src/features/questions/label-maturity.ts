import type { Profile, TimeseriesAnswer } from '@plumbline/contracts';
import { isProvisional, labelHabit, type MetricDescriptor, type TimeWindow } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import type { Question } from './question.ts';
import { dayMs } from './window-selection.ts';

type Maturity = Pick<TimeseriesAnswer['points'][number], 'label_coverage' | 'provisional'>;

/** Days up to the newest event that say how the model is usually labelled. */
const habitDays = 90;

async function readHabit({ db }: Pick<Deps, 'db'>, { model, binSet, selection }: Question) {
  const extent = await db.profiles.extent(model.id, binSet.id);
  if (!extent) return labelHabit([]);
  const { environment = 'production' } = selection;
  const toMs = extent.maxMs + dayMs;
  const asked = { grain: 'day', fromMs: toMs - habitDays * dayMs, toMs, environment } as const;
  return labelHabit(await db.labels.read(model.id, binSet.id, asked));
}

/** How far the windows of a series are labelled by `nowMs`; nothing of metrics that need no labels. */
export async function labelMaturity(
  sources: Pick<Deps, 'db'>,
  question: Question,
  { family, readsLabels }: MetricDescriptor,
  { windows, nowMs }: { windows: readonly (TimeWindow & { profile: Profile })[]; nowMs: number },
): Promise<Maturity[]> {
  if (family !== 'performance' && !readsLabels) return [];
  const known = windows.map(({ startMs, profile: { events, performance } }) => ({
    start: startMs,
    events,
    labelled: performance.labelled,
    delays: performance.delays ?? null,
  }));
  // Stored profiles know labels that came after the moment asked about.
  const habit = question.selection.asOf ? labelHabit(known) : await readHabit(sources, question);
  return windows.map(({ startMs, endMs, profile: { events, performance } }) => {
    const { labelled } = performance;
    return {
      label_coverage: events > 0 ? labelled / events : null,
      provisional: isProvisional({ startMs, endMs, events, labelled }, habit, nowMs),
    };
  });
}
