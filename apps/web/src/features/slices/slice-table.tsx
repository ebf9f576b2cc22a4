import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { narrowFilter } from '../../filters/filter-clauses.ts';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatNumber, formatShare, formatWithInterval } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { useModelView } from '../../use-model-view.ts';
import { accuracyInterval, type SliceRow, sliceClause } from './slice-metrics.ts';

interface SliceTableProps {
  rows: SliceRow[];
  groupBy: string;
  metrics: string[];
  titleOf: (metric: string) => string;
}

/** One cohort a row, worst first; its name makes it the cohort everywhere. */
export function SliceTable({ rows, groupBy, metrics, titleOf }: SliceTableProps) {
  const { search } = useModelView();
  const groupText = (row: SliceRow) => {
    const value = row.group[groupBy];
    return value === null || value === undefined ? '(missing)' : String(value);
  };
  return (
    <DataTable
      label={`Cohorts by ${fieldText(groupBy)}, worst first`}
      rows={rows}
      keyOf={groupText}
      columns={[
        {
          header: fieldText(groupBy),
          cell: (row) => (
            <Anchor
              fw={600}
              inherit
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="."
                  resetScroll={false}
                  search={(previous) => ({
                    ...previous,
                    filter: narrowFilter(search.filter, sliceClause(groupBy, row.group[groupBy] ?? null)),
                  })}
                />
              )}
            >
              {groupText(row)}
            </Anchor>
          ),
        },
        ...metrics.map((metric) => ({
          header: titleOf(metric),
          isNumber: true,
          cell: (row: SliceRow) => {
            const interval = accuracyInterval(row, metric);
            return interval
              ? formatWithInterval(row.metrics[metric], interval.lower, interval.upper)
              : formatNumber(row.metrics[metric]);
          },
        })),
        { header: 'n labelled', isNumber: true, cell: (row) => formatCount(row.n_labelled) },
        { header: 'Events', isNumber: true, cell: (row) => formatCount(row.n) },
        {
          header: 'Share of shown',
          isNumber: true,
          cell: (row) => formatShare(row.n / rows.reduce((sum, r) => sum + r.n, 0)),
        },
      ]}
    />
  );
}
