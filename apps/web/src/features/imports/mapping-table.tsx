import { NativeSelect, Stack, Text } from '@mantine/core';
import type { ImportPreview } from '@plumbline/contracts';
import { formatCounted } from '../../format-number.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { columnTargets, leftOut } from './column-targets.ts';
import { RejectedRows } from './rejected-rows.tsx';
import { sampleValue } from './sample-value.ts';

interface MappingTableProps {
  preview: ImportPreview;
  onTarget: (column: string, target: string | null) => void;
}

function verdict({ rows_checked, has_more, accepted, duplicates, rejected }: ImportPreview): string {
  const checked = has_more
    ? `The first ${formatCounted(rows_checked, 'row')} checked`
    : `All ${formatCounted(rows_checked, 'row')} checked`;
  const repeated = duplicates === 0 ? '' : `, ${duplicates} repeated`;
  return `${checked}: ${accepted} good${repeated}, ${rejected} rejected.`;
}

/** What the server makes of the first rows, and where each column goes. */
export function MappingTable({ preview, onTarget }: MappingTableProps) {
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {verdict(preview)}
      </Text>
      {preview.columns.length > 0 && (
        <DataTable
          label="Columns of the file"
          rows={preview.columns}
          keyOf={({ column }, index) => `${index} ${column}`}
          maxHeight={360}
          columns={[
            { header: 'Column', cell: ({ column }) => column },
            {
              header: 'Goes to',
              cell: ({ column, target }) => (
                <NativeSelect
                  size="xs"
                  miw={190}
                  aria-label={`${column} goes to`}
                  value={target ?? leftOut}
                  data={columnTargets(preview.kind, column, target)}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    onTarget(column, value === leftOut ? null : value);
                  }}
                />
              ),
            },
            {
              header: 'First values',
              cell: ({ target }) => (
                <Text size="sm" c="dimmed" lineClamp={1} style={{ overflowWrap: 'anywhere' }}>
                  {target === null
                    ? '–'
                    : preview.sample
                        .slice(0, 3)
                        .map((row) => sampleValue(row, target))
                        .join(', ')}
                </Text>
              ),
            },
          ]}
        />
      )}
      {preview.columns.length === 0 && preview.sample.length > 0 && (
        <pre className="code">{JSON.stringify(preview.sample[0], null, 2)}</pre>
      )}
      {preview.rejected > 0 && (
        <RejectedRows rows={preview.rejected_rows} total={preview.rejected} label="Rejected in the preview" />
      )}
    </Stack>
  );
}
