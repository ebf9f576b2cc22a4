import type { GroupOutcomes, Task } from '@plumbline/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GroupOutcomesQuery, PartRef } from './columnar.ts';
import { TooManyGroupsError } from './group-outcomes.ts';
import { expectClose } from './testing/close-to.ts';
import { csvRows } from './testing/csv-rows.ts';
import { type OpenColumnar, openColumnar } from './testing/open-columnar.ts';
import { plainEvents, plainSelection, plainValue } from './testing/plain-events.ts';
import { random, type SampleEvent, sampleActual, sampleEvents } from './testing/sample-events.ts';
import { sampleModel } from './testing/sample-model.ts';

let open: OpenColumnar;
beforeAll(async () => {
  open = await openColumnar();
});
afterAll(() => open.close());

const edges = [0, 10, 25.5];

describe.each<[Task, string | null]>([
  ['binary_classification', 'late'],
  ['binary_classification', 'on_time'],
  ['multiclass_classification', 'late'],
  ['multiclass_classification', null],
  ['regression', null],
])('%s, favourable %s', (task, favourableLabel) => {
  const model = sampleModel(task);
  const events = sampleEvents(2000, 51, task);
  const next = random(52);
  const actuals = events.slice(0, 1200).map(({ event }, i) => sampleActual(event, next, task, 60 + i));
  const rows = plainEvents(events, actuals);
  let parts: PartRef[];
  beforeAll(async () => {
    parts = await open.columnar.writeParts(model, await csvRows(open.incoming, events, actuals));
  });
  const ask = (attributes: GroupOutcomesQuery['attributes']): GroupOutcomesQuery => ({
    attributes,
    favourableLabel,
    maxGroups: 500,
    version: 'v1',
  });

  test.each<[GroupOutcomesQuery['attributes']]>([
    [[{ field: 'features.origin' }]],
    [[{ field: 'tags.channel' }, { field: `features.a'b".c/~\\ 😀` }]],
    [[{ field: 'features.distance', edges }]],
  ])('outcomes by %j equal the row by row count', async (attributes) => {
    const answer = await open.columnar.groupOutcomes(model, parts, ask(attributes));
    const groups = new Map<string, SampleEvent[]>();
    const selected = plainSelection(model, rows, { version: 'v1' });
    for (const row of selected) {
      const key = JSON.stringify(
        attributes.map((attribute) => {
          const value = plainValue(model, row, attribute.field);
          return attribute.edges && value !== null
            ? attribute.edges.filter((edge) => Number(value) >= edge).length
            : value;
        }),
      );
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    expect(answer.groups.length).toBe(groups.size);
    for (const { values, outcomes } of answer.groups)
      expectClose(outcomes, plainOutcomes(task, favourableLabel, groups.get(JSON.stringify(values)) ?? []));
    const times = selected.map(({ event }) => event.prediction_ms);
    expect(answer.extent).toEqual({ minMs: Math.min(...times), maxMs: Math.max(...times) });
    expect(answer.hasLabel).toBe(favourableLabel !== null);
  });

  test('more groups than are taken are refused, and no events have none', async () => {
    const query = ask([{ field: 'features.origin' }]);
    const tooMany = open.columnar.groupOutcomes(model, parts, { ...query, maxGroups: 3 });
    await expect(tooMany).rejects.toThrow(TooManyGroupsError);
    const none = await open.columnar.groupOutcomes(model, parts, { ...query, version: 'v99' });
    expect(none).toEqual({ groups: [], extent: null, hasLabel: false });
  });
});

function moments(values: number[]) {
  const n = values.length;
  const mean = n === 0 ? 0 : values.reduce((a, b) => a + b, 0) / n;
  return { n, mean, m2: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) };
}

const known = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
const yes = (values: boolean[]) => values.filter(Boolean).length;

function plainOutcomes(task: Task, label: string | null, rows: SampleEvent[]): GroupOutcomes {
  const isBinary = task === 'binary_classification';
  const isFavourable = (text: string | null | undefined) => {
    if (!known(text) || label === null) return null;
    return isBinary && label !== 'late' ? text !== 'late' : text === label;
  };
  const seen = rows.map(({ event, actual }) => {
    const shares = event.prediction_scores ?? {};
    const total = Object.values(shares).reduce((a, b) => a + b, 0);
    const scores: Record<string, number | null | undefined> = {
      binary_classification:
        label === 'late' || !known(event.prediction_score)
          ? event.prediction_score
          : 1 - event.prediction_score,
      multiclass_classification: label !== null && total > 0 ? (shares[label] ?? 0) / total : null,
      regression: event.prediction_score,
    };
    const selected = isFavourable(event.prediction_label);
    const positive = isFavourable(actual?.actual_label);
    const score = scores[task] ?? null;
    const outcome = task === 'regression' ? actual?.actual_score : known(positive) ? Number(positive) : null;
    const isJudged = known(event.prediction_label) && known(actual?.actual_label) && task !== 'regression';
    return {
      isLabelled: task === 'regression' ? known(actual?.actual_score) : known(actual?.actual_label),
      selected,
      positive,
      score,
      error: known(score) && known(outcome) ? score - outcome : null,
      isRight: !isJudged
        ? null
        : isBinary
          ? (event.prediction_label === 'late') === (actual?.actual_label === 'late')
          : event.prediction_label === actual?.actual_label,
    };
  });
  const count = (positive: boolean, selected: boolean) =>
    seen.filter((row) => row.positive === positive && row.selected === selected).length;
  const errors = seen.map(({ error }) => error).filter(known);
  const bins = Array.from({ length: 10 }, (_, bin) =>
    seen.filter(
      ({ score, positive }) =>
        known(score) && known(positive) && Math.floor(Math.min(999, Math.floor(score * 1000)) / 100) === bin,
    ),
  );
  return {
    events: rows.length,
    labelled: yes(seen.map(({ isLabelled }) => isLabelled)),
    predicted: seen.filter(({ selected }) => known(selected)).length,
    selected: seen.filter(({ selected }) => selected === true).length,
    confusion: {
      tp: count(true, true),
      fp: count(false, true),
      fn: count(true, false),
      tn: count(false, false),
    },
    judged: seen.filter(({ isRight }) => known(isRight)).length,
    correct: seen.filter(({ isRight }) => isRight === true).length,
    scores: moments(seen.map(({ score }) => score).filter(known)),
    calibration: {
      positives: bins.map((bin) => yes(bin.map(({ positive }) => positive === true))),
      negatives: bins.map((bin) => yes(bin.map(({ positive }) => positive === false))),
      scoreSums: bins.map((bin) => bin.reduce((sum, { score }) => sum + (score ?? 0), 0)),
    },
    errors: moments(errors),
    absoluteErrors: moments(errors.map(Math.abs)),
  };
}
