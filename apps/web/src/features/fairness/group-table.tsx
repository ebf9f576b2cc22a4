import type { FairnessMetric } from '@plumbline/contracts';
import { narrowFilter } from '../../filters/filter-clauses.ts';
import { formatCount, formatNumber, formatSigned } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { useModelView } from '../../use-model-view.ts';
import { judgeGroup, metricText, withoutValueText } from './fairness-text.ts';
import type { GroupChart } from './prepare-group-chart.ts';

interface GroupTableProps {
  title: string;
  metric: FairnessMetric;
  counts: string;
  rows: GroupChart['rows'];
  maxHeight: number;
}

const interval = (lower: number | null, upper: number | null, text: (value: number) => string) =>
  lower === null || upper === null ? '–' : `${text(lower)} to ${text(upper)}`;

/** Every group by one metric, and how it compares; its name makes it the cohort everywhere. */
export function GroupTable({ title, metric, counts, rows, maxHeight }: GroupTableProps) {
  const { search } = useModelView();
  const text = (value: number | null) => metricText(metric, value);
  return (
    <DataTable
      label={`${title} by group`}
      rows={rows}
      maxHeight={maxHeight}
      keyOf={(row) => `${row.group.kind} ${row.text}`}
      columns={[
        {
          header: 'Group',
          cell: ({ group: { filter }, text: name, isReference }) => (
            <>
              {filter === null ? (
                name
              ) : (
                <AnchorLink
                  to="."
                  resetScroll={false}
                  display="inline-block"
                  miw={24}
                  lh="24px"
                  search={(previous) => ({ ...previous, filter: narrowFilter(search.filter, filter) })}
                >
                  {name}
                </AnchorLink>
              )}
              {isReference && ' (reference)'}
            </>
          ),
        },
        {
          header: title,
          isNumber: true,
          cell: ({ metric: m }) =>
            m.value === null
              ? withoutValueText(m, counts)
              : `${text(m.value)} (${interval(m.lower, m.upper, text)})`,
        },
        { header: `n (${counts})`, isNumber: true, cell: ({ metric: m }) => formatCount(m.n) },
        {
          header: 'Difference',
          isNumber: true,
          cell: ({ metric: { comparison: c } }) =>
            c
              ? `${formatSigned(c.difference)} (${interval(c.difference_lower, c.difference_upper, formatSigned)})`
              : '–',
        },
        {
          header: 'Ratio',
          isNumber: true,
          cell: ({ metric: { comparison: c } }) =>
            c?.ratio == null
              ? '–'
              : `${formatNumber(c.ratio)} (${interval(c.ratio_lower, c.ratio_upper, formatNumber)})`,
        },
        {
          header: 'p, adjusted',
          isNumber: true,
          cell: ({ metric: { comparison: c } }) => formatNumber(c?.adjusted_p),
        },
        {
          header: 'Compared',
          cell: ({ metric: m }) => {
            const judged = judgeGroup(m.comparison);
            return judged ? <StatusWord look={judged.look}>{judged.word}</StatusWord> : '–';
          },
        },
        { header: 'Events', isNumber: true, cell: ({ group }) => formatCount(group.n) },
        { header: 'Labelled', isNumber: true, cell: ({ group }) => formatCount(group.n_labelled) },
      ]}
    />
  );
}
