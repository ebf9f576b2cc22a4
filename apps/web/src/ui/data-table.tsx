import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
}

interface DataTableProps<Row> {
  label: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row, index: number) => string;
  maxHeight?: number;
}

/** A plain table: caption for screen readers, numbers right-aligned, scrolls by keyboard when narrow or high. */
export function DataTable<Row>({ label, columns, rows, keyOf, maxHeight }: DataTableProps<Row>) {
  return (
    <Table.ScrollContainer
      minWidth={columns.length * 90}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      {...(maxHeight ? { maxHeight } : {})}
    >
      <Table aria-label={label} stickyHeader={maxHeight !== undefined}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th key={column.header} ta={column.isNumber ? 'right' : 'left'}>
                {column.header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={keyOf(row, index)}>
              {columns.map((column) => (
                <Table.Td
                  key={column.header}
                  ta={column.isNumber ? 'right' : 'left'}
                  className={column.isNumber ? 'numbers' : ''}
                >
                  {column.cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
