import type { IncidentRecord, MonitorRecord } from '@plumbline/db';
import type { Episode, JudgedPoint } from '@plumbline/metrics';
import { describe, expect, test } from 'vitest';
import { incidentChange, type StepContext } from './incident-change.ts';

const hour = 3_600_000;
const now = new Date('2026-01-05T12:00:00Z');
const monitor: MonitorRecord = {
  id: 'monitor',
  modelId: 'model',
  name: 'Origin drifts',
  metric: 'tvd',
  columnKey: 'features.origin',
  granularity: 'hour',
  threshold: { kind: 'constant', warning: 0.1, critical: 0.3, direction: 'above' },
  persistence: { breaches: 1, of: 1 },
  minN: null,
  channels: ['channel'],
  enabled: true,
  createdBy: 'user',
  judgedUntil: null,
  lastState: 'waiting',
  lastValue: null,
  awaitingLabels: 0,
  createdAt: now,
};
const point = (start: number, judged: number): JudgedPoint => ({
  startMs: start,
  endMs: start + hour,
  judged,
  score: { value: judged, status: 'ok', n: 10, exactness: 'binned' },
  limits: {
    warning: { lower: null, upper: 0.1, status: 'ok' },
    critical: { lower: null, upper: 0.3, status: 'ok' },
    isChance: false,
  },
});
const episode = (change: Partial<Episode> = {}): Episode => ({
  fromMs: 0,
  openedToMs: hour,
  toMs: 2 * hour,
  resolved: false,
  severity: 'warning',
  worst: point(0, 0.25),
  ...change,
});
const incident = (change: Partial<IncidentRecord> = {}) =>
  ({ id: 'incident', status: 'open', severity: 'warning', snoozedUntil: null, ...change }) as IncidentRecord;
const context: StepContext = {
  model: { id: 'model', projectId: 'project' },
  monitor,
  now,
  evidence: { n: 10 },
  body: (type) => () => type,
};
const later = new Date(now.getTime() + hour);
const earlier = new Date(now.getTime() - hour);

test('open stores the worst window, the whole breach and the limit, and tells the channels', () => {
  expect(
    incidentChange({ action: 'open', episode: episode(), incidentId: null }, null, context),
  ).toMatchObject({
    incidentId: null,
    set: {
      status: 'open',
      severity: 'warning',
      value: 0.25,
      threshold: 0.1,
      windowFrom: new Date(0),
      windowTo: new Date(hour),
      breachFrom: new Date(0),
      breachTo: new Date(2 * hour),
      openedAt: now,
    },
    entry: { kind: 'opened' },
    notify: { type: 'incident.opened', channelIds: ['channel'] },
  });
});

test('update moves bounds and value in silence and leaves status and severity to others', () => {
  const change = incidentChange(
    { action: 'update', episode: episode(), incidentId: 'incident' },
    incident({ status: 'acknowledged' }),
    context,
  );
  expect(change).toMatchObject({ set: { value: 0.25, evidence: { n: 10 } }, entry: null, notify: null });
  expect(change?.set).not.toHaveProperty('status');
  expect(change?.set).not.toHaveProperty('severity');
});

describe('escalate', () => {
  const step = {
    action: 'escalate' as const,
    episode: episode({ severity: 'critical', worst: point(hour, 0.4) }),
    incidentId: 'incident',
  };
  test.each([
    ['open', incident(), true, undefined],
    ['acknowledged', incident({ status: 'acknowledged' }), true, undefined],
    ['snoozed', incident({ status: 'snoozed', snoozedUntil: later }), false, undefined],
    ['snoozed for ever', incident({ status: 'snoozed' }), false, undefined],
    ['snoozed until before', incident({ status: 'snoozed', snoozedUntil: earlier }), true, 'open'],
  ])('of an incident that is %s', (_, known, tells, status) => {
    const change = incidentChange(step, known, context);
    expect(change).toMatchObject({
      set: { severity: 'critical', threshold: 0.3 },
      entry: { kind: 'escalated' },
    });
    expect(change?.notify?.type).toBe(tells ? 'incident.escalated' : undefined);
    expect(change?.set.status).toBe(status);
  });
});

test.each([
  ['with its episode', episode({ resolved: true }), 0.25],
  ['because the data was revised', null, undefined],
])('resolve %s', (_, ended, value) => {
  const step = { action: 'resolve' as const, episode: ended, incidentId: 'incident' };
  const change = incidentChange(step, incident(), context);
  expect(change).toMatchObject({
    incidentId: 'incident',
    set: { status: 'resolved', resolvedAt: now },
    entry: { kind: 'resolved' },
    notify: { type: 'incident.resolved' },
  });
  expect(change?.set.value).toBe(value);
});

test('a step without its incident changes nothing', () => {
  expect(incidentChange({ action: 'resolve', episode: null, incidentId: null }, null, context)).toBeNull();
});

test.each([
  ['warning', 'critical', 'critical'],
  ['critical', 'critical', 'critical'],
  ['critical', 'warning', 'critical'],
  ['warning', 'warning', 'warning'],
] as const)('resolve of a %s incident by a %s episode leaves it %s', (stored, ended, expected) => {
  const known = incident({ severity: stored });
  const step = {
    action: 'resolve' as const,
    episode: episode({ resolved: true, severity: ended }),
    incidentId: 'incident',
  };
  expect({ ...known, ...incidentChange(step, known, context)?.set }.severity).toBe(expected);
});
