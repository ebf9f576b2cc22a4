import { expect, test } from 'vitest';
import { notificationBody } from './notification-body.ts';

const incident = {
  id: '0d4c1b2e-0000-4000-8000-000000000000',
  status: 'open' as const,
  severity: 'warning' as const,
  model: 'flights',
  monitor: 'Drift of distance',
  metric: 'psi',
  columnKey: 'features.distance',
  value: 0.31,
  threshold: 0.2,
  windowFrom: new Date('2001-02-01T00:00:00Z'),
  windowTo: new Date('2001-02-02T00:00:00Z'),
  evidence: { n: 1200 },
};
const now = new Date('2026-01-01T12:00:00Z');

test('an incident is told with its window, its link and its evidence beside it', () => {
  const body = notificationBody({
    type: 'incident.opened',
    now,
    incident,
    publicUrl: 'https://plumbline.example/',
  });
  expect(JSON.parse(body)).toEqual({
    type: 'incident.opened',
    timestamp: '2026-01-01T12:00:00.000Z',
    data: {
      incident: {
        id: incident.id,
        status: 'open',
        severity: 'warning',
        alert: 'threshold',
        model: 'flights',
        monitor: 'Drift of distance',
        metric: 'psi',
        column: 'distance',
        value: 0.31,
        threshold: 0.2,
        window: { from: '2001-02-01T00:00:00.000Z', to: '2001-02-02T00:00:00.000Z' },
        url: `https://plumbline.example/incidents/${incident.id}`,
      },
      evidence: { n: 1200 },
    },
  });
});

test('a metric of the whole model has no column; a test has no incident', () => {
  const whole = notificationBody({
    type: 'incident.resolved',
    now,
    incident: { ...incident, columnKey: '' },
    publicUrl: 'http://h',
  });
  expect(JSON.parse(whole).data.incident.column).toBeNull();
  const silent = notificationBody({
    type: 'incident.opened',
    now,
    publicUrl: 'http://h',
    incident: { ...incident, columnKey: '', metric: 'volume', value: 0 },
  });
  expect(JSON.parse(silent).data.incident.alert).toBe('no_data');
  const probe = notificationBody({ type: 'test', now, incident: null, publicUrl: 'http://h' });
  expect(JSON.parse(probe).data).toEqual({ incident: null, evidence: {} });
});
