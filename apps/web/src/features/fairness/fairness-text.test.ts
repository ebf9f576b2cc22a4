import type { FairnessAnswer, FairnessDisparity, FairnessGroup } from '@plumbline/contracts';
import { describe, expect, test } from 'vitest';
import { fairnessAttributes } from './fairness-attributes.ts';
import {
  disparitySentence,
  groupText,
  judgeDisparity,
  judgeGroup,
  smallGroupsText,
  withoutValueText,
} from './fairness-text.ts';
import { prepareGroupChart } from './prepare-group-chart.ts';

const rate = (value: number | null, n = 100): FairnessGroup['metrics'][number] => ({
  metric: 'selection_rate',
  value,
  lower: value === null ? null : value - 0.05,
  upper: value === null ? null : value + 0.05,
  n,
  status: value === null ? 'insufficient_data' : 'ok',
  comparison: null,
});
const group = (name: string | null, value: number | null): FairnessGroup => ({
  group: { 'features.sex': name },
  kind: name === null ? 'missing' : 'group',
  filter: null,
  n: 100,
  n_labelled: 50,
  metrics: [rate(value)],
});
const disparity: FairnessDisparity = {
  disparity: 'demographic_parity',
  title: 'Demographic parity',
  description: '',
  metrics: ['selection_rate'],
  status: 'ok',
  groups: 2,
  without_value: 0,
  difference: 0.2,
  difference_lower: 0.1,
  difference_upper: 0.3,
  ratio: 0.6,
  ratio_lower: 0.5,
  ratio_upper: 0.7,
  p_value: 0.001,
  to_overall_difference: 0.1,
  to_overall_ratio: 0.8,
  highest: 0,
  lowest: 1,
  compared: null,
};
const answer: FairnessAnswer = {
  window: null,
  compared_to: null,
  task: 'binary_classification',
  attributes: ['features.sex'],
  favourable_label: 'late',
  metrics: [
    {
      metric: 'selection_rate',
      title: 'Selection rate',
      description: '',
      counts: 'predictions',
      min_n: 10,
      min_events: 30,
      range: [0, 1],
    },
  ],
  groups: [group('M', 0.5), group('F', 0.3), group(null, null)],
  overall: { n: 300, n_labelled: 150, metrics: [] },
  reference_group: { position: 0, chosen_by: 'highest_selection_rate' },
  disparities: [disparity],
  small_groups: { pooled_below: 30, hidden_below: 10, groups: 1, hidden: true },
};

test('groups are named by their values', () => {
  expect(groupText({ group: { a: 'F', b: true, c: null, d: '' }, kind: 'missing' })).toBe(
    'F · true · (missing) · (empty)',
  );
  expect(groupText({ group: null, kind: 'small' })).toBe('Small groups together');
});

describe('a disparity', () => {
  test.each([
    [disparity, 'Below four fifths'],
    [{ ...disparity, ratio: 0.9 }, 'Differs by more than chance'],
    [{ ...disparity, disparity: 'equal_opportunity' }, 'Differs by more than chance'],
    [{ ...disparity, p_value: 0.2 }, 'Within chance'],
    [{ ...disparity, p_value: null }, 'No test for this'],
    [{ ...disparity, status: 'insufficient_data' as const }, 'Cannot be judged'],
  ])('is judged by size and chance %#', (one, word) => expect(judgeDisparity(one).word).toBe(word));

  test('names the groups at the ends, or what is lacking', () => {
    expect(disparitySentence(disparity, answer)).toBe(
      'Selection rate: 50\u00a0% for M (n = 100), 30\u00a0% for F (n = 100).',
    );
    expect(disparitySentence({ ...disparity, status: 'insufficient_data' }, answer)).toMatch(
      /10 predictions.* 30 events/,
    );
    expect(disparitySentence({ ...disparity, difference: 0 }, answer)).toBe(
      'All groups have the same value.',
    );
  });
});

test('what lacks a value says what of; what differs says how', () => {
  expect(withoutValueText({ ...rate(null, 0), status: 'empty' }, 'positives')).toBe('no positives');
  expect(withoutValueText(rate(null, 3), 'positives')).toBe('too few positives (3)');
  const comparison = {
    difference: 0.1,
    difference_lower: 0,
    difference_upper: 0.2,
    ratio: 0.7,
    ratio_lower: 0.6,
    ratio_upper: 0.9,
    p_value: 0.01,
    adjusted_p: 0.02,
    verdict: null,
  };
  expect(judgeGroup(null)).toBeNull();
  expect(judgeGroup(comparison)?.word).toBe('Differs');
  expect(judgeGroup({ ...comparison, adjusted_p: 0.3 })?.word).toBe('Within chance');
  expect(judgeGroup({ ...comparison, verdict: 'unclear' })?.word).toBe('Outside, could be chance');
  expect(smallGroupsText(answer)).toContain('1 group is hidden');
});

test('the chart holds every interval, zero and the line of four fifths', () => {
  const chart = prepareGroupChart(answer, 'selection_rate');
  expect(chart.limits).toEqual([{ value: 0.4, text: 'four fifths' }]);
  expect(chart.rows.map(({ text, isReference }) => [text, isReference])).toEqual([
    ['M', true],
    ['F', false],
    ['(missing)', false],
  ]);
  expect(chart.place(0)).toBe(0);
  expect(chart.place(0.55)).toBeLessThanOrEqual(1);
});

test('sensitive attributes come first, then categories, then numbers', () => {
  const feature = (name: string, kind: 'numeric' | 'categorical' | 'text', sensitive = false) => ({
    name,
    kind,
    sensitive,
  });
  const features = [
    feature('age', 'numeric'),
    feature('origin', 'categorical'),
    feature('note', 'text'),
    feature('sex', 'categorical', true),
  ];
  const choices = fairnessAttributes({ features, tags: [{ name: 'channel', sensitive: false }] });
  expect(choices.map(({ label }) => label)).toEqual(['sex (sensitive)', 'origin', 'tag channel', 'age']);
});
