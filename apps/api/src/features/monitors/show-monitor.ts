import { columnName, type Monitor } from '@plumbline/contracts';
import type { MonitorRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

export function showMonitor(monitor: MonitorRecord, model: string): Monitor {
  return {
    id: monitor.id,
    model,
    name: monitor.name,
    metric: monitor.metric,
    column: monitor.columnKey === '' ? null : columnName(monitor.columnKey),
    granularity: monitor.granularity,
    compare_to: 'reference',
    threshold: monitor.threshold,
    persistence: monitor.persistence,
    min_n: monitor.minN,
    channels: monitor.channels,
    enabled: monitor.enabled,
    created_by: monitor.createdBy,
    judged_until: timeText(monitor.judgedUntil),
    last_state: monitor.lastState,
    last_value: monitor.lastValue,
    awaiting_labels: monitor.awaitingLabels,
    created_at: timeText(monitor.createdAt),
  };
}
