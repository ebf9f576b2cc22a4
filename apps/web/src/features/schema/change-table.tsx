import type { SchemaChangeAnswer } from '@plumbline/contracts';
import { formatTime } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { changeLooks, changeText } from './change-text.ts';

export function ChangeTable({ changes }: { changes: SchemaChangeAnswer[] }) {
  return (
    <DataTable
      label="Schema changes, newest first"
      rows={changes}
      keyOf={({ id }) => id}
      columns={[
        {
          header: 'Time (UTC)',
          cell: ({ at }) => (
            <span className="numbers" style={{ whiteSpace: 'nowrap' }}>
              {formatTime(at)}
            </span>
          ),
        },
        {
          header: 'Feature',
          cell: ({ column }) => (
            <b style={{ display: 'inline-block', minWidth: 120, overflowWrap: 'anywhere' }}>{column}</b>
          ),
        },
        {
          header: 'Change',
          cell: ({ kind }) => <StatusWord look={changeLooks[kind].look}>{changeLooks[kind].word}</StatusWord>,
        },
        {
          header: 'What happened',
          cell: (change) => <div style={{ minWidth: 200 }}>{changeText(change)}</div>,
        },
        { header: 'Version', cell: ({ model_version }) => model_version ?? '–' },
      ]}
    />
  );
}
