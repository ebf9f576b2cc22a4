import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DataTable, type TableColumn } from './data-table.tsx';
import { Panel } from './panel.tsx';

interface ChartPanelProps<Row> {
  title: string;
  note?: ReactNode;
  rows: Row[];
  columns: TableColumn<Row>[];
  keyOf: (row: Row, index: number) => string;
  actions?: ReactNode;
  /** The drawing. */
  children: ReactNode;
}

/** A chart that can be read as a table. */
export function ChartPanel<Row>(props: ChartPanelProps<Row>) {
  const [asTable, setAsTable] = useState(false);
  const toggle = (
    <Group gap="xs" justify="flex-end">
      {props.actions}
      <Button size="compact-sm" variant="default" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
        {asTable ? 'View as chart' : 'View as table'}
      </Button>
    </Group>
  );
  return (
    <Panel title={props.title} note={props.note} actions={toggle}>
      {asTable ? (
        <DataTable
          label={props.title}
          columns={props.columns}
          rows={props.rows}
          keyOf={props.keyOf}
          maxHeight={320}
        />
      ) : (
        <figure aria-label={props.title} style={{ margin: 0 }}>
          {props.children}
        </figure>
      )}
    </Panel>
  );
}
