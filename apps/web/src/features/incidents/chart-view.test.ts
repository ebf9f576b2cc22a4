import type { Incident, MetricInfo } from '@plumbline/contracts';
import { expect, it } from 'vitest';
import { chartView, windowGranularity } from './chart-view.ts';

const incident: Incident = {
  id: 'i',
  status: 'open',
  severity: 'critical',
  alert: 'threshold',
  model: 'flights',
  monitor_id: 'm',
  monitor: 'Accuracy',
  metric: 'accuracy',
  column: null,
  value: 0.7,
  threshold: 0.8,
  window: { from: '2001-02-01T00:00:00Z', to: '2001-02-02T00:00:00Z' },
  opened_at: '2001-02-02T00:00:00Z',
  acknowledged_at: null,
  snoozed_until: null,
  resolved_at: null,
  evidence: {},
};

it('a model metric leads to performance, a column to its drift panel, both in the incident window', () => {
  const day = { from: '2001-02-01', to: '2001-02-01' };
  expect(chartView(incident, undefined)).toEqual({
    page: 'performance',
    search: { ...day, metric: 'accuracy' },
  });
  expect(chartView({ ...incident, column: 'distance' }, undefined)).toEqual({
    page: 'drift',
    search: { ...day, column: 'distance' },
  });
});

it('a day compared on all columns together leads to the days, a week to the weeks', () => {
  const info = { family: 'drift', own_limits: true } as MetricInfo;
  expect(chartView(incident, info).search).toEqual({ from: '2001-02-01', to: '2001-02-01', together: 'day' });
  const week = { ...incident, window: { from: '2001-01-29T00:00:00Z', to: '2001-02-05T00:00:00Z' } };
  expect(chartView(week, info).search).toEqual({ from: '2001-01-29', to: '2001-02-04' });
});

it('the chart has windows as long as the incident', () => {
  expect(windowGranularity(incident)).toBe('day');
  const window = { from: '2001-02-01T00:00:00Z', to: '2001-02-01T01:00:00Z' };
  expect(windowGranularity({ ...incident, window })).toBe('hour');
});
