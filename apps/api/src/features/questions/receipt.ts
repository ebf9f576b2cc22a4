import type { CommonQuery, QualityAnswer } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import type { Deps } from '../../deps.ts';
import { queryRange } from '../../parse-selection.ts';
import { timeText } from '../../time-text.ts';
import { hourMs } from './window-selection.ts';

type Range = { fromMs: number; toMs: number };

/** The window of a question about what was received: as asked, open ends reaching from the first batch until now. */
export async function receiptWindow(
  { db }: Pick<Deps, 'db'>,
  model: ModelRecord,
  query: Pick<CommonQuery, 'from' | 'to'>,
): Promise<Range> {
  const { fromMs, toMs } = queryRange(query);
  const until = toMs ?? Math.ceil(Date.now() / hourMs) * hourMs;
  if (fromMs !== undefined) return { fromMs, toMs: Math.max(until, fromMs + hourMs) };
  const first = Math.floor(((await db.intake.firstMs(model.id)) ?? until - 1) / hourMs) * hourMs;
  return { fromMs: Math.min(first, until - hourMs), toMs: until };
}

/** What was received and refused in the window of a query. */
export async function intakeOf(
  deps: Pick<Deps, 'db'>,
  model: ModelRecord,
  query: Pick<CommonQuery, 'from' | 'to'>,
): Promise<QualityAnswer['intake']> {
  const { fromMs, toMs } = await receiptWindow(deps, model, query);
  const hours = await deps.db.intake.hours(model.id, fromMs, toMs);
  const accepted = hours.reduce((sum, hour) => sum + hour.accepted, 0);
  const rejected = hours.reduce((sum, hour) => sum + hour.rejected, 0);
  const rows = accepted + rejected;
  return {
    from: timeText(fromMs),
    to: timeText(toMs),
    accepted,
    rejected,
    rejected_share: rows === 0 ? null : rejected / rows,
  };
}
