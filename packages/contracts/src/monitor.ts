import { z } from 'zod';
import { granularities } from './granularity.ts';
import { metricStatuses } from './metric.ts';

const direction = z.enum(['above', 'below', 'outside']);

/** Every kind of threshold has limits for two severities; a value strictly beyond one is a breach. */
const limits = { warning: z.number().nullish(), critical: z.number().nullish() };
const sizes = { warning: z.number().positive().nullish(), critical: z.number().positive().nullish() };

const hasOne = (t: { warning?: number | null | undefined; critical?: number | null | undefined }) =>
  t.warning != null || t.critical != null;
const hasOneMessage = 'a threshold needs warning or critical';

const constantThreshold = z
  .strictObject({
    kind: z.literal('constant').describe('Numbers that stay as they are.'),
    ...limits,
    direction,
    lower: z
      .number()
      .nullish()
      .describe(
        'With `outside`, the other end of the allowed range: the breach is value < lower or value > critical/warning.',
      ),
  })
  .refine(hasOne, hasOneMessage);

const relativeThreshold = z
  .strictObject({
    kind: z.literal('relative').describe('A change by a fraction of a baseline: 0.1 is 10 %.'),
    ...sizes,
    direction,
    baseline: z
      .enum(['reference', 'previous'])
      .default('reference')
      .describe(
        'The value of the whole reference (counts: of its mean window), or that of the window before.',
      ),
  })
  .refine(hasOne, hasOneMessage);

const sigmaThreshold = z
  .strictObject({
    kind: z
      .literal('sigma')
      .describe('That many standard deviations from the mean of the windows before; six of them at least.'),
    ...sizes,
    direction,
    windows: z.number().int().min(6).max(200).default(30).describe('How many windows back the mean reaches.'),
  })
  .refine(hasOne, hasOneMessage);

const seasonalThreshold = z
  .strictObject({
    kind: z
      .literal('seasonal')
      .describe(
        'That many deviations from the median of the same hour (or day) of the weeks before, in UTC; four of them at least. Not for windows of a week.',
      ),
    ...sizes,
    direction,
    weeks: z.number().int().min(4).max(26).default(8).describe('How many weeks back the median reaches.'),
  })
  .refine(hasOne, hasOneMessage);

const autoThreshold = z.strictObject({
  kind: z
    .literal('auto')
    .describe(
      'Learnt from the parts of the reference that are as long as a window, and no narrower than noise at the number of rows of each window. Drift must also be significant among all features.',
    ),
  warning: sizes.warning.describe(
    'The smallest distance or change that matters; left out: a usual one of the metric.',
  ),
  critical: sizes.critical.describe('Likewise; left out: twice the limit of a warning.'),
  direction: direction.nullish().describe('Left out: the direction that is worse for the metric.'),
});

/** What control charts are set to; their thresholds say how far the statistic may go. */
export const chartSettings = {
  /** Of a CUSUM: what each value is forgiven, in standard deviations. */
  slack: 0.5,
  /** Of an EWMA: what the newest value counts. */
  weight: 0.2,
  /** Of a Page–Hinkley test: what each value is forgiven, how much of the sum is kept, and values it begins with. */
  delta: 0.005,
  forgetting: 0.9999,
  fewest: 30,
} as const;

const chartThreshold = <Kind extends 'cusum' | 'ewma' | 'page_hinkley'>(kind: Kind, meaning: string) =>
  z
    .strictObject({
      kind: z
        .literal(kind)
        .describe(
          `${meaning} Values are standardised by those of the windows of the reference, six of them at least.`,
        ),
      ...sizes,
      direction,
    })
    .refine(hasOne, hasOneMessage);

const cusumThreshold = chartThreshold(
  'cusum',
  'How far the sum of deviations beyond half a standard deviation may go, in standard deviations; usually 5. Finds slow changes.',
);
const ewmaThreshold = chartThreshold(
  'ewma',
  'How far the moving average, in which the newest value counts a fifth, may go, in its own standard deviations; usually 3.',
);
const pageHinkleyThreshold = chartThreshold(
  'page_hinkley',
  'How far the sum of deviations from the mean so far may go, in standard deviations; usually 50. Its first 30 windows are not judged.',
);

export const thresholdRule = z
  .discriminatedUnion('kind', [
    constantThreshold,
    relativeThreshold,
    sigmaThreshold,
    seasonalThreshold,
    autoThreshold,
    cusumThreshold,
    ewmaThreshold,
    pageHinkleyThreshold,
  ])
  .meta({ id: 'ThresholdRule' });
export type ThresholdRule = z.infer<typeof thresholdRule>;

export const persistence = z
  .strictObject({ breaches: z.number().int().min(1).max(30), of: z.number().int().min(1).max(30) })
  .refine((p) => p.breaches <= p.of, 'breaches cannot exceed of');

export const monitorBody = z
  .strictObject({
    name: z.string().min(1).max(200),
    metric: z.string().max(100),
    column: z.string().max(300).nullish(),
    granularity: z.enum(granularities).default('day'),
    compare_to: z.literal('reference').default('reference'),
    threshold: thresholdRule,
    persistence: persistence.default({ breaches: 1, of: 1 }),
    min_n: z.number().int().min(0).max(10_000_000).nullish(),
    channels: z.array(z.string()).max(50).default([]),
    enabled: z.boolean().default(true),
    /** Monitors watch all events and are judged as data arrives: the only value so far. */
    cohort_id: z.null().optional(),
    schedule: z.null().optional(),
  })
  .meta({ id: 'MonitorBody' });
export type MonitorBody = z.infer<typeof monitorBody>;

/** PATCH: any subset. No defaults here, so that what is not sent stays. */
export const monitorPatch = z
  .strictObject({
    name: z.string().min(1).max(200).optional(),
    metric: z.string().max(100).optional(),
    column: z.string().max(300).nullish(),
    granularity: z.enum(granularities).optional(),
    threshold: thresholdRule.optional(),
    persistence: persistence.optional(),
    min_n: z.number().int().min(0).nullish(),
    channels: z.array(z.string()).max(50).optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'MonitorPatch' });

export const monitorStates = ['waiting', 'ok', 'warning', 'critical'] as const;
export type MonitorState = (typeof monitorStates)[number];

export const monitorSchema = z
  .object({
    id: z.string(),
    model: z.string(),
    name: z.string(),
    metric: z.string(),
    column: z.string().nullable(),
    granularity: z.enum(granularities),
    compare_to: z.string(),
    threshold: thresholdRule,
    persistence: z.object({ breaches: z.number(), of: z.number() }),
    min_n: z.number().int().nullable(),
    channels: z.array(z.string()),
    enabled: z.boolean(),
    created_by: z.enum(['default', 'user']),
    /** End of the newest window that was judged with enough data. */
    judged_until: z.string().nullable(),
    last_state: z.enum(monitorStates),
    last_value: z.number().nullable(),
    awaiting_labels: z
      .number()
      .int()
      .describe(
        'Windows after the newest judged one that are not judged until more of their labels have come.',
      ),
    created_at: z.string(),
  })
  .meta({ id: 'Monitor' });
export type Monitor = z.infer<typeof monitorSchema>;

/** What a monitor would have made of the windows there are; nothing of it is stored. */
export const monitorPreview = z
  .object({
    /** Oldest first, the newest 2,000 windows. */
    points: z.array(
      z.object({
        window_start: z.string(),
        window_end: z.string(),
        /** The number the threshold is applied to. */
        value: z.number().nullable(),
        /** What the number may be without a warning (critical, without a rule for warnings); null = open, or not known. */
        lower_limit: z.number().nullable(),
        upper_limit: z.number().nullable(),
        n: z.number().int(),
        status: z.enum(metricStatuses),
        /** Of this window alone, persistence aside; `waiting` = not judged: no value, fewer than `min_n` rows, labels that are still missing, or too little history for a limit. */
        state: z.enum(monitorStates),
        /** Its labels are too few to judge it by, compared with what is usual. */
        awaits_labels: z.boolean(),
      }),
    ),
    incidents: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        severity: z.enum(['warning', 'critical']),
        /** Of the worst window. */
        value: z.number(),
        resolved: z.boolean(),
      }),
    ),
    would_have_opened: z.number().int(),
  })
  .meta({ id: 'MonitorPreview' });
export type MonitorPreview = z.infer<typeof monitorPreview>;

export const incidentStatuses = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];
export const severities = ['warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const alertTypes = ['threshold', 'no_data'] as const;
export type AlertType = (typeof alertTypes)[number];

/** What an incident tells: a value beyond its threshold, or that no events came at all. */
export const alertOf = ({ metric, value }: { metric: string; value: number | null }): AlertType =>
  metric === 'volume' && value === 0 ? 'no_data' : 'threshold';

export const incidentSchema = z
  .object({
    id: z.string(),
    status: z.enum(incidentStatuses),
    severity: z.enum(severities),
    alert: z.enum(alertTypes).describe('`no_data`: the window has no events.'),
    model: z.string(),
    monitor_id: z.string(),
    monitor: z.string(),
    metric: z.string(),
    column: z.string().nullable(),
    value: z.number().nullable(),
    threshold: z.number().nullable(),
    window: z.object({ from: z.string(), to: z.string() }),
    opened_at: z.string(),
    acknowledged_at: z.string().nullable(),
    snoozed_until: z.string().nullable(),
    resolved_at: z.string().nullable(),
    evidence: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof incidentSchema>;

export const timelineEntry = z.object({
  at: z.string(),
  kind: z.enum(['opened', 'escalated', 'acknowledged', 'snoozed', 'resolved', 'commented', 'updated']),
  by: z.string().nullable(),
  text: z.string().nullable(),
});

export const incidentDetail = incidentSchema
  .extend({ timeline: z.array(timelineEntry) })
  .meta({ id: 'IncidentDetail' });
export type IncidentDetail = z.infer<typeof incidentDetail>;

export const snoozeBody = z.strictObject({
  until: z.string().optional(),
  hours: z
    .number()
    .positive()
    .max(24 * 90)
    .optional(),
});
export const commentBody = z.strictObject({ text: z.string().min(1).max(4000) });
