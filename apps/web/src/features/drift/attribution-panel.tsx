import type { DriftAnswer } from '@plumbline/contracts';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatNumber, formatShare, formatShort } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/panel.tsx';

type Attribution = NonNullable<DriftAnswer['attribution']>;

function verdict({ ndcg, threshold, drifted, status, n_reference, n_current }: Attribution): string {
  const sizes = `attributions of ${formatCount(n_current)} events now, ${formatCount(n_reference)} in the reference`;
  if (ndcg === null) return `Not compared: ${status.replaceAll('_', ' ')} (${sizes}).`;
  const says = drifted ? 'The order of importance changed' : 'The order of importance holds';
  return `${says}: NDCG ${formatNumber(ndcg)}, 1 being the same order, drift below ${formatShort(threshold)} (${sizes}). Importance is the share of the mean absolute attribution.`;
}

const rank = (value: number | null) => (value === null ? '–' : formatCount(value));

/** Whether the model still looks at the same features. */
export function AttributionPanel({ attribution }: { attribution: Attribution }) {
  return (
    <Panel title="What the model looks at" note={verdict(attribution)}>
      <DataTable
        label="Features by importance"
        maxHeight={360}
        rows={attribution.features}
        keyOf={({ column }) => column}
        columns={[
          { header: 'Feature', cell: ({ column }) => fieldText(column) },
          { header: 'Reference', isNumber: true, cell: (row) => formatShare(row.share_reference) },
          { header: 'Now', isNumber: true, cell: (row) => formatShare(row.share_current) },
          { header: 'Rank in reference', isNumber: true, cell: (row) => rank(row.rank_reference) },
          { header: 'Rank now', isNumber: true, cell: (row) => rank(row.rank_current) },
        ]}
      />
    </Panel>
  );
}
