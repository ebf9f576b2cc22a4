import { Text } from '@mantine/core';
import { formatNumber } from '../../format-number.ts';
import { CopyCode } from '../../ui/copy-code.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/panel.tsx';

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const plainText = (value: string | number | boolean | null) =>
  typeof value === 'number' ? formatNumber(value) : value === null ? '–' : String(value);

/** What the monitor saw, as it was recorded. */
export function IncidentEvidence({ evidence }: { evidence: Record<string, unknown> }) {
  const entries = Object.entries(evidence);
  const plain = entries.flatMap(([name, value]) => (isPlain(value) ? [[name, value] as const] : []));
  const nested = Object.fromEntries(entries.filter(([, value]) => !isPlain(value)));
  return (
    <Panel title="Evidence">
      {entries.length === 0 && <Text c="dimmed">Nothing was recorded beyond the value.</Text>}
      {plain.length > 0 && (
        <DataTable
          label="Evidence"
          rows={plain}
          keyOf={([name]) => name}
          columns={[
            { header: 'What', cell: ([name]) => name.replaceAll('_', ' ') },
            { header: 'Value', cell: ([, value]) => plainText(value) },
          ]}
        />
      )}
      {Object.keys(nested).length > 0 && (
        <details>
          <summary>Further evidence</summary>
          <CopyCode text={JSON.stringify(nested, null, 2)} label="Copy JSON" />
        </details>
      )}
    </Panel>
  );
}
