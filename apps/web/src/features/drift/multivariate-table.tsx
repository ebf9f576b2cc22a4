import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { MultivariateWindow } from '@plumbline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { formatRange } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { cancelComparison, isUnfinished, multivariateKey } from './multivariate-queries.ts';
import {
  embeddingTexts,
  type Measure,
  rowsText,
  separatedBy,
  textTexts,
  thresholdText,
  valueText,
  verdict,
} from './multivariate-text.ts';

const rangeOf = ({ window }: MultivariateWindow) => formatRange(window.from, window.to);

function Verdict({ row, onCancel }: { row: MultivariateWindow; onCancel: () => void }) {
  const { look, text } = verdict(row);
  return (
    <Stack gap={4} miw={120}>
      <Group gap="xs" wrap="nowrap">
        <StatusWord look={look}>{text}</StatusWord>
        {isUnfinished(row) && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Stop comparing ${rangeOf(row)}`}
            onClick={onCancel}
          >
            Stop
          </Button>
        )}
      </Group>
      {row.state === 'running' && (
        <Progress value={row.progress * 100} aria-label={`Progress of ${rangeOf(row)}`} />
      )}
      {row.detail && (
        <Text size="sm" c="dimmed">
          {row.detail}
        </Text>
      )}
    </Stack>
  );
}

function MeasureCell(measure: Measure) {
  return (
    <Stack gap={0} miw={100}>
      <span>{valueText(measure)}</span>
      <Text size="sm" c="dimmed">
        {thresholdText(measure)}
      </Text>
    </Stack>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <Stack gap={2} miw={220}>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </Stack>
  );
}

/** Compared windows with what was found, and those being compared with how far they are. */
export function MultivariateTable({ slug, windows }: { slug: string; windows: MultivariateWindow[] }) {
  const queryClient = useQueryClient();
  const cancel = useMutation({
    mutationFn: (id: string) => cancelComparison(slug, id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: multivariateKey(slug) }),
  });
  return (
    <>
      {cancel.error && <ProblemAlert error={cancel.error} />}
      <DataTable
        label="Windows compared on all columns together"
        rows={windows}
        keyOf={(row) => row.id}
        maxHeight={440}
        columns={[
          {
            header: 'Window (UTC)',
            cell: (row) => (
              <Text size="sm" miw={100}>
                {rangeOf(row)}
              </Text>
            ),
          },
          { header: 'Status', cell: (row) => <Verdict row={row} onCancel={() => cancel.mutate(row.id)} /> },
          {
            header: 'Classifier AUC',
            isNumber: true,
            cell: ({ result }) => result && <MeasureCell {...result.classifier} />,
          },
          {
            header: 'Separates by',
            cell: ({ result }) => (
              <Text size="sm" miw={150}>
                {result && separatedBy(result)}
              </Text>
            ),
          },
          {
            header: 'Reconstruction error',
            isNumber: true,
            cell: ({ result }) => result && <MeasureCell {...result.reconstruction} />,
          },
          ...(windows.some(({ result }) => result && result.embeddings.length > 0)
            ? [
                {
                  header: 'Embeddings',
                  cell: ({ result }: MultivariateWindow) =>
                    result && <Lines lines={embeddingTexts(result)} />,
                },
              ]
            : []),
          ...(windows.some(({ result }) => result && result.texts.length > 0)
            ? [
                {
                  header: 'Texts',
                  cell: ({ result }: MultivariateWindow) => result && <Lines lines={textTexts(result)} />,
                },
              ]
            : []),
          { header: 'Rows compared', isNumber: true, cell: ({ result }) => result && rowsText(result) },
        ]}
      />
    </>
  );
}
