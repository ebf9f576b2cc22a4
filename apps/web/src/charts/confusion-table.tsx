import { Table } from '@mantine/core';
import { formatCount, formatShare } from '../format-number.ts';

/** Rows = actual, columns = predicted; shaded by the share of the row, with counts and shares as text. */
export function ConfusionTable({ labels, counts }: { labels: string[]; counts: number[][] }) {
  return (
    <Table.ScrollContainer
      minWidth={labels.length * 110 + 120}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    >
      <Table
        aria-label="Confusion matrix: rows are actual labels, columns are predicted labels"
        withColumnBorders
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Actual ↓ · Predicted →</Table.Th>
            {labels.map((label) => (
              <Table.Th key={label} scope="col" ta="right">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {labels.map((actual, row) => {
            const total = (counts[row] ?? []).reduce((sum, count) => sum + count, 0);
            return (
              <Table.Tr key={actual}>
                <Table.Th scope="row">{actual}</Table.Th>
                {labels.map((predicted, column) => {
                  const count = counts[row]?.[column] ?? 0;
                  const share = total === 0 ? 0 : count / total;
                  return (
                    <Table.Td
                      key={predicted}
                      ta="right"
                      className="numbers"
                      style={{
                        background: `color-mix(in srgb, var(--series-current) ${Math.round(share * 30)}%, transparent)`,
                      }}
                    >
                      {formatCount(count)} · {formatShare(total === 0 ? null : share)}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
