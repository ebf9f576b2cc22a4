import type { MultivariateWindow } from '@plumbline/contracts';
import type { MultivariateRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

export function showWindow(record: MultivariateRecord): MultivariateWindow {
  return {
    id: record.id,
    window: { from: timeText(record.fromMs), to: timeText(record.toMs) },
    environment: record.environment,
    source: record.source,
    state: record.state,
    progress: record.progress,
    detail: record.detail,
    requested_at: timeText(record.requestedAt),
    finished_at: timeText(record.finishedAt),
    result: record.result,
  };
}
