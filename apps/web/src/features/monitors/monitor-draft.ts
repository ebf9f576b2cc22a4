import type { Granularity, MetricInfo, Monitor, MonitorBody, Task } from '@plumbline/contracts';

type Direction = Monitor['threshold']['direction'];

/** A monitor as it is being typed: numbers are text until they are read. */
export interface MonitorDraft {
  name: string;
  metric: string;
  column: string | null;
  granularity: Granularity;
  direction: Direction;
  warning: string;
  critical: string;
  lower: string;
  breaches: string;
  of: string;
  channels: string[];
  enabled: boolean;
}

const text = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : String(value);

export const draftOf = (monitor: Monitor): MonitorDraft => ({
  name: monitor.name,
  metric: monitor.metric,
  column: monitor.column,
  granularity: monitor.granularity,
  direction: monitor.threshold.direction,
  warning: text(monitor.threshold.warning),
  critical: text(monitor.threshold.critical),
  lower: text(monitor.threshold.lower),
  breaches: String(monitor.persistence.breaches),
  of: String(monitor.persistence.of),
  channels: monitor.channels,
  enabled: monitor.enabled,
});

/** A new monitor of a metric, with its usual threshold and direction. */
export const draftFor = (info: MetricInfo): MonitorDraft => ({
  name: '',
  metric: info.metric,
  column: null,
  granularity: 'day',
  direction: info.worse === 'lower' ? 'below' : info.worse === 'either' ? 'outside' : 'above',
  warning: '',
  critical: text(info.default_threshold),
  lower: '',
  breaches: '1',
  of: '1',
  channels: [],
  enabled: true,
});

/** Metrics that can be watched for a task. */
export const watchableMetrics = (catalogue: readonly MetricInfo[], task: Task): MetricInfo[] =>
  catalogue.filter((info) => info.tasks === null || info.tasks.includes(task));

const numberOf = (value: string): number | null => (value.trim() === '' ? null : Number(value));

/** Draft → body, or the reason it cannot be sent. The server has the last word. */
export function readDraft(draft: MonitorDraft): { body: Partial<MonitorBody> } | { error: string } {
  const [warning, critical, lower] = [draft.warning, draft.critical, draft.lower].map(numberOf);
  const numbers = [warning, critical, lower, Number(draft.breaches), Number(draft.of)];
  if (numbers.some((value) => value !== null && value !== undefined && !Number.isFinite(value)))
    return { error: 'Thresholds and counts must be numbers.' };
  if (warning === null && critical === null) return { error: 'Enter a warning or a critical threshold.' };
  if (Number(draft.breaches) > Number(draft.of))
    return { error: 'Breaches cannot exceed the number of windows.' };
  if (draft.name.trim() === '') return { error: 'Give the monitor a name.' };
  return {
    body: {
      name: draft.name.trim(),
      metric: draft.metric,
      column: draft.column,
      granularity: draft.granularity,
      threshold: {
        kind: 'constant',
        direction: draft.direction,
        warning,
        critical,
        ...(draft.direction === 'outside' ? { lower } : {}),
      },
      persistence: { breaches: Number(draft.breaches), of: Number(draft.of) },
      channels: draft.channels,
      enabled: draft.enabled,
    },
  };
}
