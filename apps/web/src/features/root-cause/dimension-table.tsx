import type { ChangeDimension, ExplainChangeAnswer } from '@plumbline/contracts';
import { fieldText } from '../../filters/filter-text.ts';
import { formatNumber, formatSigned } from '../../format-number.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';

const largest = ({ segments: [first] }: ChangeDimension) =>
  first ? `${first.label} (${formatSigned(first.contribution)})` : '–';

/** The dimensions of a change, the one whose segments stand out most first; a click shows its contributions. */
export function DimensionTable({
  answer,
  chosen,
}: {
  answer: ExplainChangeAnswer;
  chosen: string | undefined;
}) {
  const columns: TableColumn<ChangeDimension>[] = [
    {
      header: 'Dimension',
      cell: ({ field }) => (
        <AnchorLink
          to="."
          search={(previous) => ({ ...previous, dimension: field })}
          resetScroll={false}
          aria-current={field === chosen}
          fw={field === chosen ? 700 : 400}
        >
          {fieldText(field)}
        </AnchorLink>
      ),
    },
    { header: 'Largest contribution', cell: largest },
    ...(answer.method === 'counts'
      ? [{ header: 'Surprise', isNumber: true, cell: (row: ChangeDimension) => formatNumber(row.rank_value) }]
      : [
          {
            header: 'Concentration',
            isNumber: true,
            cell: (row: ChangeDimension) => formatNumber(row.concentration),
          },
          { header: 'By chance', isNumber: true, cell: (row: ChangeDimension) => formatNumber(row.chance) },
        ]),
  ];
  return (
    <DataTable
      label="Dimensions of the change"
      columns={columns}
      rows={answer.dimensions}
      keyOf={({ field }) => field}
      maxHeight={360}
    />
  );
}
