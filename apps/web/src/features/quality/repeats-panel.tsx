import { Stack, Text } from '@mantine/core';
import type { RepeatsAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { Sparkline } from '../../charts/sparkline.tsx';
import { formatCount, formatCounted, formatShare } from '../../format-number.ts';
import { formatWindow } from '../../format-time.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { repeatsQuery } from './queries.ts';

type Point = RepeatsAnswer['points'][number];

const verdict = ({ unusual }: Point) => {
  if (unusual === null) return 'not judged';
  return unusual ? 'more than usual ●' : 'usual';
};

function Found({ answer }: { answer: RepeatsAnswer }) {
  const { n, distinct, share, features, usual, points, granularity } = answer;
  if (features === 0 || share === null) {
    return (
      <Text size="sm" c="dimmed">
        {features === 0 ? 'The model has no features to compare.' : 'Too few rows to tell.'}
      </Text>
    );
  }
  const unusual = points.filter((point) => point.unusual);
  const shares = points.map((point) => point.share);
  return (
    <Stack gap="xs">
      <Text size="sm">
        {formatShare(share)} of {formatCounted(n, 'row')} repeat the {formatCounted(features, 'feature')} of
        another: {formatCount(distinct)} are different. Counted in the rows.{' '}
        {usual
          ? `${formatShare(usual.mean)} is usual of a ${granularity} of the reference (n ${formatCount(usual.windows)}), more than ${formatShare(usual.limit)} is not: ${formatCounted(unusual.length, 'window')} of ${formatCount(points.length)}.`
          : `The reference has no six ${granularity}s with enough rows that could say what is usual.`}
      </Text>
      {shares.some((each) => each !== null) && (
        <Sparkline values={shares} label={`Share of repeated rows by ${granularity}`} />
      )}
      <DataTable
        label="Repeated rows over time"
        maxHeight={240}
        rows={[...unusual, ...points.filter((point) => !point.unusual).toReversed()]}
        keyOf={({ window_start }) => window_start}
        columns={[
          { header: 'Window (UTC)', cell: ({ window_start: start }) => formatWindow(start, granularity) },
          { header: 'Repeated', isNumber: true, cell: (point) => formatShare(point.share) },
          { header: 'Different', isNumber: true, cell: (point) => formatCount(point.distinct) },
          { header: 'n', isNumber: true, cell: (point) => formatCount(point.n) },
          { header: 'Verdict', cell: verdict },
        ]}
      />
    </Stack>
  );
}

/** Rows that were sent twice under another id, or made by a loop. */
export function RepeatsPanel() {
  const { slug, query } = useModelView();
  const answer = useQuery(repeatsQuery(slug, query));
  return (
    <Panel
      title="Repeated rows"
      note="Equal features under different ids. The same id sent again is stored once and does not count."
    >
      <QueryView query={answer} height={160}>
        {(found) => <Found answer={found} />}
      </QueryView>
    </Panel>
  );
}
