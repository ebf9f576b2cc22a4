import { useQuery } from '@tanstack/react-query';
import { DistributionChart } from '../../charts/distribution-chart.tsx';
import { prepareDistribution } from '../../charts/prepare-distribution.ts';
import { formatCount, formatShare } from '../../format-number.ts';
import { distributionQuery } from '../../model-queries.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { EmptyBecause } from '../../ui/empty-message.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';

/** Reference and current shares of one column, bin by bin. */
export function DistributionPanel({ column }: { column: string }) {
  const { slug, query, reasonForEmpty } = useModelView();
  const distribution = useQuery(distributionQuery(slug, query, column));
  return (
    <QueryView query={distribution} height={380}>
      {(answer) => {
        const rows = prepareDistribution(answer);
        const hasReference = answer.n_reference !== null;
        const reference = hasReference
          ? `Reference n = ${formatCount(answer.n_reference)} (${formatCount(answer.missing_reference)} missing), current`
          : 'Current';
        return (
          <ChartPanel
            title={hasReference ? 'Reference and current distribution' : 'Distribution'}
            note={`${reference} n = ${formatCount(answer.n_current)} (${formatCount(answer.missing_current)} missing). Shares of values that are present.`}
            rows={rows}
            keyOf={(row) => row.label}
            columns={[
              { header: 'Value', cell: (row) => row.label },
              { header: 'Reference share', isNumber: true, cell: (row) => formatShare(row.reference) },
              { header: 'Reference n', isNumber: true, cell: (row) => formatCount(row.referenceCount) },
              { header: 'Current share', isNumber: true, cell: (row) => formatShare(row.current) },
              { header: 'Current n', isNumber: true, cell: (row) => formatCount(row.currentCount) },
            ]}
          >
            {rows.length === 0 ? (
              <EmptyBecause reason={reasonForEmpty()} />
            ) : (
              <DistributionChart rows={rows} hasReference={hasReference} />
            )}
          </ChartPanel>
        );
      }}
    </QueryView>
  );
}
