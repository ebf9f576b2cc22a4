import { Button, Stack, Text } from '@mantine/core';
import type { CorrelationPair, CorrelationsAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { HeatmapGrid } from '../../charts/heatmap-grid.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatNumber, formatSigned } from '../../format-number.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { changeLevel, measureWords, orderPairs, pairText } from './correlation-text.ts';
import { correlationsQuery } from './queries.ts';

const route = getRouteApi('/shell/models/$model/quality');
const title = 'Features that go together';

const legend = [
  ['0', 'change below 0.05'],
  ['1', 'below 0.1'],
  ['2', 'below 0.2'],
  ['3', 'up to 0.3'],
  ['4', 'more'],
  ['none', 'the same feature, or no value'],
] as const;

const columns: TableColumn<CorrelationPair>[] = [
  { header: 'Features', cell: ({ columns: [a, b] }) => `${fieldText(a)} and ${fieldText(b)}` },
  { header: 'Measure', cell: ({ measure }) => measureWords[measure] },
  { header: 'Reference', isNumber: true, cell: ({ reference }) => formatNumber(reference) },
  { header: 'Now', isNumber: true, cell: ({ current }) => formatNumber(current) },
  {
    header: 'Change',
    isNumber: true,
    cell: ({ change, changed, status }) =>
      change === null ? status.replaceAll('_', ' ') : `${formatSigned(change)}${changed ? ' ●' : ''}`,
  },
  { header: 'Adjusted p', isNumber: true, cell: ({ adjusted_p: p }) => formatNumber(p) },
  {
    header: 'Pearson',
    isNumber: true,
    cell: ({ pearson }) =>
      pearson ? `${formatNumber(pearson.reference)} → ${formatNumber(pearson.current)}` : '–',
  },
  {
    header: 'Rows',
    isNumber: true,
    cell: ({ n_reference, n_current }) => `${formatCount(n_reference)} and ${formatCount(n_current)}`,
  },
];

function Matrix({ answer, onOpen }: { answer: CorrelationsAnswer; onOpen: (column: string) => void }) {
  const { columns: names, pairs } = answer;
  const byName = new Map(
    pairs.flatMap((pair) => {
      const [a, b] = pair.columns;
      return [
        [JSON.stringify([a, b]), pair],
        [JSON.stringify([b, a]), pair],
      ] as const;
    }),
  );
  const rows = names.map((row, i) => ({
    key: row,
    title: `${i + 1} ${fieldText(row)}`,
    cells: names.map((column, j) => {
      const pair = byName.get(JSON.stringify([row, column]));
      return {
        key: column,
        label: String(j + 1),
        level: pair ? changeLevel(pair) : null,
        isMarked: pair?.changed ?? false,
        text: pair ? pairText(pair) : 'the feature itself',
      };
    }),
  }));
  return (
    <HeatmapGrid
      key={names.length}
      label="Change of every pair of features"
      corner="Feature"
      legend={legend}
      ticks={names.length}
      rows={rows}
      onOpen={onOpen}
    />
  );
}

function Found({ answer }: { answer: CorrelationsAnswer }) {
  const navigate = useNavigate();
  const { pairs, columns_total, columns: looked, sample, smallest_change, importance_of } = answer;
  if (!answer.reference || pairs.length === 0) {
    const text = answer.reference
      ? 'Pairs need two numeric, categorical or boolean features.'
      : 'There is no reference to compare with. Post one, for example the training data.';
    return (
      <Panel title={title}>
        <EmptyMessage title="Nothing to compare" text={text} />
      </Panel>
    );
  }
  const ordered = orderPairs(pairs);
  const changed = ordered.filter((pair) => pair.changed);
  const judged = pairs.filter(({ change }) => change !== null).length;
  const events = (n: number) =>
    n > sample.limit ? `${formatCount(sample.limit)} drawn of ${formatCount(n)}` : `all ${formatCount(n)}`;
  const by = importance_of === null ? 'first' : 'most important';
  const cut =
    looked.length < columns_total ? ` The ${looked.length} ${by} of ${columns_total} features.` : '';
  const verdict =
    changed.length === 0
      ? `None of ${formatCount(judged)} pairs with a value changed.`
      : `${formatCount(changed.length)} of ${formatCount(judged)} pairs with a value changed (●).`;
  return (
    <ChartPanel
      title={title}
      note={`${verdict} A pair changed when its measure moved by ${smallest_change} or more and the test stays below ${answer.significance} after Benjamini–Hochberg. From ${events(sample.events_reference)} events of the reference and ${events(sample.events_current)} of this time.${cut}`}
      rows={ordered}
      keyOf={(pair) => pair.columns.join(' ')}
      columns={columns}
    >
      <Stack gap="sm">
        <Matrix
          answer={answer}
          onOpen={(column) =>
            void navigate({ to: '.', search: (before) => ({ ...before, column }), resetScroll: false })
          }
        />
        {changed.length > 0 && (
          <DataTable
            label="Pairs that changed"
            rows={changed}
            keyOf={(pair) => pair.columns.join(' ')}
            columns={columns}
            {...(changed.length > 8 ? { maxHeight: 320 } : {})}
          />
        )}
      </Stack>
    </ChartPanel>
  );
}

/** Which pairs of features no longer go together as they did; asked on demand, since it reads rows. */
export function CorrelationPanel() {
  const { slug, query } = useModelView();
  const { pairs } = route.useSearch();
  const navigate = useNavigate();
  const answer = useQuery({ ...correlationsQuery(slug, query), enabled: pairs === 'shown' });
  if (pairs !== 'shown') {
    return (
      <Panel
        title={title}
        actions={
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              void navigate({
                to: '.',
                search: (before) => ({ ...before, pairs: 'shown' as const }),
                resetScroll: false,
              })
            }
          >
            Compare pairs of features
          </Button>
        }
      >
        <Text size="sm" c="dimmed">
          Each feature can look as ever while two of them no longer belong together: a join that slipped, a
          unit that changed for some rows.
        </Text>
      </Panel>
    );
  }
  return (
    <QueryView query={answer} height={420}>
      {(found) => <Found answer={found} />}
    </QueryView>
  );
}
