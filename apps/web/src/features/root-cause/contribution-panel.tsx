import { Text } from '@mantine/core';
import type { ChangeDimension, ChangeSegment, ExplainChangeAnswer } from '@plumbline/contracts';
import { waterfallOf } from '../../charts/prepare-waterfall.ts';
import { WaterfallChart } from '../../charts/waterfall-chart.tsx';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatNumber, formatShare, formatSigned } from '../../format-number.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/panel.tsx';
import { CohortLink } from './cohort-link.tsx';

const both = (before: string, after: string) => `${before} → ${after}`;

const ownColumns: Record<ExplainChangeAnswer['method'], TableColumn<ChangeSegment>[]> = {
  mix_rate: [
    {
      header: '95% interval',
      isNumber: true,
      cell: ({ lower, upper }) =>
        lower === null || upper === null ? '–' : `${formatSigned(lower)} to ${formatSigned(upper)}`,
    },
    {
      header: 'By its value',
      isNumber: true,
      cell: ({ rate }) => (rate === null ? '–' : formatSigned(rate)),
    },
    { header: 'By its share', isNumber: true, cell: ({ mix }) => (mix === null ? '–' : formatSigned(mix)) },
  ],
  shapley: [],
  counts: [
    { header: 'Share of the change', isNumber: true, cell: (row) => formatShare(row.explanatory_power) },
    { header: 'Surprise', isNumber: true, cell: (row) => formatNumber(row.surprise) },
    { header: 'Explains most', cell: (row) => (row.selected ? 'yes' : 'no') },
  ],
};

const methods: Record<ExplainChangeAnswer['method'], string> = {
  mix_rate:
    'A contribution is split into what the segment’s own value did and what its share did; together they add up to the change exactly.',
  shapley:
    'Shapley values: what exchanging a segment’s earlier events for its later ones changes, averaged over all orders; they add up to the change exactly. Beyond ten segments the smallest are put together.',
  counts:
    'The number of events compared with is scaled to the length of the window. Surprise says how far a segment’s share moved.',
};

/** What the segments of one dimension contribute, as a walk from one value to the other and as a table. */
export function ContributionPanel({
  answer,
  dimension,
}: {
  answer: ExplainChangeAnswer;
  dimension: ChangeDimension;
}) {
  const steps = dimension.segments.map(({ label, contribution }) => ({
    label,
    value: undefined,
    contribution,
  }));
  const waterfall = waterfallOf({ base: answer.value_compared ?? 0, steps, things: 'segments' });
  const name = fieldText(dimension.field);
  const isCount = answer.method === 'counts';
  const columns: TableColumn<ChangeSegment>[] = [
    { header: name, cell: ({ label, filter }) => <CohortLink filter={filter}>{label}</CohortLink> },
    { header: 'Contribution', isNumber: true, cell: ({ contribution }) => formatSigned(contribution) },
    ...ownColumns[answer.method],
    {
      header: 'Value',
      isNumber: true,
      cell: (row) =>
        isCount
          ? both(formatCount(Math.round(row.value_compared ?? 0)), formatCount(row.value))
          : both(formatNumber(row.value_compared), formatNumber(row.value)),
    },
    {
      header: 'Share',
      isNumber: true,
      cell: (row) => both(formatShare(row.share_compared), formatShare(row.share)),
    },
    ...(isCount
      ? []
      : [
          {
            header: 'n',
            isNumber: true,
            cell: (row: ChangeSegment) => both(formatCount(row.n_compared), formatCount(row.n)),
          },
        ]),
  ];
  return (
    <Panel
      title={`Contributions by ${name}`}
      note={`${methods[answer.method]} A contribution says where the change is found, not what brought it about.`}
    >
      <figure aria-label={`Contributions by ${name}`} style={{ margin: 0 }}>
        <WaterfallChart waterfall={waterfall} ends={{ base: 'Compared with', sum: 'Now' }} />
      </figure>
      <Text size="sm" c="dimmed" mt="sm">
        Choose a segment to see its performance.
      </Text>
      <DataTable
        label={`Segments of ${name}`}
        columns={columns}
        rows={dimension.segments}
        keyOf={({ label }) => label}
        maxHeight={420}
      />
    </Panel>
  );
}
