import type { Granularity, MetricInfo, Monitor, MonitorBody, Task } from '@plumbline/contracts';

type Threshold = Monitor['threshold'];
type Kind = Threshold['kind'];
type Direction = Extract<Threshold, { kind: 'constant' }>['direction'];
type Baseline = Extract<Threshold, { kind: 'relative' }>['baseline'];

/** A monitor as it is being typed: numbers are text until they are read. */
export interface MonitorDraft {
  name: string;
  metric: string;
  column: string | null;
  granularity: Granularity;
  kind: Kind;
  direction: Direction;
  warning: string;
  critical: string;
  /** Auto only; null = the worse one of the metric. */
  autoDirection: Direction | null;
  /** Constant only. */
  lower: string;
  /** Relative only. */
  baseline: Baseline;
  /** Sigma only. */
  windows: string;
  /** Seasonal only. */
  weeks: string;
  breaches: string;
  of: string;
  channels: string[];
  enabled: boolean;
}

const text = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : String(value);

/** What each kind of threshold is given when it is chosen. */
const usualSizes: Record<Kind, { warning: string; critical: string }> = {
  constant: { warning: '', critical: '' },
  relative: { warning: '0.1', critical: '0.2' },
  sigma: { warning: '3', critical: '5' },
  seasonal: { warning: '4', critical: '6' },
  auto: { warning: '', critical: '' },
  cusum: { warning: '5', critical: '10' },
  ewma: { warning: '3', critical: '4' },
  page_hinkley: { warning: '50', critical: '' },
};

/** What each kind of threshold asks of successive windows when it is chosen; others keep what there is. */
const usualPersistence: Partial<Record<Kind, { breaches: string; of: string }>> = {
  auto: { breaches: '2', of: '3' },
  cusum: { breaches: '1', of: '2' },
  ewma: { breaches: '1', of: '2' },
  page_hinkley: { breaches: '1', of: '2' },
};

const worseDirection = (info: MetricInfo): Direction =>
  info.worse === 'lower' ? 'below' : info.worse === 'either' ? 'outside' : 'above';

export const draftOf = ({ threshold, ...monitor }: Monitor): MonitorDraft => ({
  name: monitor.name,
  metric: monitor.metric,
  column: monitor.column,
  granularity: monitor.granularity,
  kind: threshold.kind,
  direction: threshold.direction ?? 'above',
  autoDirection: threshold.kind === 'auto' ? (threshold.direction ?? null) : null,
  warning: text(threshold.warning),
  critical: text(threshold.critical),
  lower: text(threshold.kind === 'constant' ? threshold.lower : null),
  baseline: threshold.kind === 'relative' ? threshold.baseline : 'reference',
  windows: threshold.kind === 'sigma' ? String(threshold.windows) : '30',
  weeks: threshold.kind === 'seasonal' ? String(threshold.weeks) : '8',
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
  granularity: info.granularities?.[0] ?? 'day',
  kind: 'constant',
  direction: worseDirection(info),
  autoDirection: null,
  warning: '',
  critical: text(info.default_threshold),
  lower: '',
  baseline: info.needs_reference ? 'previous' : 'reference',
  windows: '30',
  weeks: '8',
  breaches: '1',
  of: '1',
  channels: [],
  enabled: true,
});

/** The draft with another kind of threshold; numbers of one kind mean nothing to another. */
export const withKind = (draft: MonitorDraft, kind: Kind, info: MetricInfo | undefined): MonitorDraft => ({
  ...draft,
  ...usualSizes[kind],
  kind,
  ...(kind === 'constant' ? { critical: text(info?.default_threshold) } : {}),
  ...usualPersistence[kind],
});

/** Metrics that can be watched for a task. */
export const watchableMetrics = (catalogue: readonly MetricInfo[], task: Task): MetricInfo[] =>
  catalogue.filter((info) => info.tasks === null || info.tasks.includes(task));

const numberOf = (value: string): number | null => (value.trim() === '' ? null : Number(value));

/** What the numbers of a draft ask for, whatever their kind of threshold makes of them. */
export function thresholdOf(draft: MonitorDraft): Threshold {
  const [warning = null, critical = null, lower = null] = [draft.warning, draft.critical, draft.lower].map(
    numberOf,
  );
  const { kind, direction, baseline } = draft;
  const sizes = { warning, critical };
  switch (kind) {
    case 'auto':
      return { kind, ...sizes, direction: draft.autoDirection };
    case 'relative':
      return { kind, ...sizes, direction, baseline };
    case 'sigma':
      return { kind, ...sizes, direction, windows: Number(draft.windows) };
    case 'seasonal':
      return { kind, ...sizes, direction, weeks: Number(draft.weeks) };
    case 'cusum':
    case 'ewma':
    case 'page_hinkley':
      return { kind, ...sizes, direction };
    case 'constant':
      return { kind, ...sizes, direction, ...(direction === 'outside' ? { lower } : {}) };
  }
}

/** Draft → body, or the reason it cannot be sent. The server has the last word. */
export function readDraft(draft: MonitorDraft): { body: Partial<MonitorBody> } | { error: string } {
  const threshold = thresholdOf(draft);
  const { warning, critical, kind } = threshold;
  const numbers = [warning, critical, numberOf(draft.lower), Number(draft.breaches), Number(draft.of)];
  const counts = [Number(draft.windows), Number(draft.weeks)];
  if ([...numbers, ...counts].some((value) => value != null && !Number.isFinite(value)))
    return { error: 'Thresholds and counts must be numbers.' };
  if (kind !== 'auto' && warning === null && critical === null)
    return { error: 'Enter a warning or a critical threshold.' };
  if (kind !== 'constant' && [warning, critical].some((value) => value != null && value <= 0))
    return { error: 'Enter thresholds greater than 0.' };
  if (Number(draft.breaches) > Number(draft.of))
    return { error: 'Breaches cannot exceed the number of windows.' };
  if (draft.name.trim() === '') return { error: 'Give the monitor a name.' };
  return {
    body: {
      name: draft.name.trim(),
      metric: draft.metric,
      column: draft.column,
      granularity: draft.granularity,
      threshold,
      persistence: { breaches: Number(draft.breaches), of: Number(draft.of) },
      channels: draft.channels,
      enabled: draft.enabled,
    },
  };
}
