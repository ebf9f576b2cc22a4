import { NativeSelect, Text } from '@mantine/core';
import type { DiscoverSlicesAnswer, DiscoverSlicesBody, SliceLossMetric } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount, formatCounted, formatNumber, formatShare, formatSigned } from '../../format-number.ts';
import { DataTable, type TableColumn } from '../../ui/data-table.tsx';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useModelView } from '../../use-model-view.ts';
import { CohortLink } from './cohort-link.tsx';
import { discoverSlicesQuery } from './queries.ts';
import { sliceMetricsOf } from './root-cause-view.ts';
import { SlowQuery } from './slow-query.tsx';

type Slice = DiscoverSlicesAnswer['slices'][number];

const verdicts: Record<Slice['verdict'], string> = {
  confirmed: 'worse there, too',
  not_confirmed: 'not confirmed',
  insufficient_data: 'too few events',
};

const nameOf = ({ predicates }: Slice) =>
  predicates.map(({ field, label }) => `${fieldText(field)}: ${label}`).join(' and ');

const pText = (p: number | null) => (p === null ? '–' : formatNumber(p));

function columnsOf(title: string): TableColumn<Slice>[] {
  return [
    { header: 'Slice', cell: (slice) => <CohortLink filter={slice.filter}>{nameOf(slice)}</CohortLink> },
    { header: 'n', isNumber: true, cell: ({ n, share }) => `${formatCount(n)} (${formatShare(share)})` },
    { header: title, isNumber: true, cell: ({ value }) => formatNumber(value) },
    { header: 'All others', isNumber: true, cell: (slice) => formatNumber(slice.value_of_rest) },
    {
      header: 'Makes it worse by (95% interval)',
      isNumber: true,
      cell: ({ impact, lower, upper }) =>
        impact === null || lower === null || upper === null
          ? '–'
          : `${formatSigned(impact)} (${formatNumber(lower)} to ${formatNumber(upper)})`,
    },
    { header: 'Effect size', isNumber: true, cell: (slice) => formatNumber(slice.effect_size) },
    { header: 'Adjusted p', isNumber: true, cell: (slice) => pText(slice.adjusted_p) },
    { header: 'In the other half', cell: ({ verdict }) => verdicts[verdict] },
  ];
}

function Result({ answer, title }: { answer: DiscoverSlicesAnswer; title: string }) {
  if (answer.status !== 'ok')
    return (
      <EmptyMessage
        title="Not enough actuals to search"
        text={`The search needs at least 100 events with an actual; this view has ${formatCount(answer.n)}.`}
      />
    );
  const drawn = answer.sampled
    ? `${formatCount(answer.rows)} of ${formatCount(answer.n)} labelled events, drawn by the hash of their id`
    : `all ${formatCounted(answer.n, 'labelled event')}`;
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {`Searched ${drawn}, by ${formatCounted(answer.fields.length, 'field')}`}
        {answer.left_out.length > 0 && ` (${formatCount(answer.left_out.length)} more were left out)`}
        {`: up to ${answer.max_predicates} conditions at once, at least ${formatCount(answer.min_n)} events in the half that is searched. ${title} of all: ${formatNumber(answer.value)}.`}
        {answer.truncated && ' The search was cut short: there may be worse slices.'}
      </Text>
      {answer.slices.length === 0 ? (
        <EmptyMessage
          title="No slice stands out"
          text="None is worse than average by more than its smallness costs."
        />
      ) : (
        <DataTable
          label="Worst slices"
          columns={columnsOf(title)}
          rows={answer.slices}
          keyOf={(slice) => nameOf(slice)}
        />
      )}
    </>
  );
}

interface WorstSlicesPanelProps {
  metric: SliceLossMetric;
  body: DiscoverSlicesBody;
  titleOf: (metric: string) => string;
}

/** The slices in which predictions are worst, whatever changed. */
export function WorstSlicesPanel({ metric, body, titleOf }: WorstSlicesPanelProps) {
  const { slug, model } = useModelView();
  const navigate = useNavigate();
  const asked = discoverSlicesQuery(slug, { ...body, metric });
  const choice = (
    <NativeSelect
      label="Worst by"
      size="xs"
      value={metric}
      data={sliceMetricsOf(model.task).map((value) => ({ value, label: titleOf(value) }))}
      onChange={(event) =>
        void navigate({
          to: '.',
          search: (previous) => ({ ...previous, slices_by: event.currentTarget.value }),
          resetScroll: false,
        })
      }
    />
  );
  return (
    <Panel
      title="Worst slices"
      actions={choice}
      note="Found in one half of the events and checked in the other, which the search did not see: the effect, its interval and p are of that other half. n and the values are of both."
    >
      <SlowQuery query={useQuery(asked)} queryKey={asked.queryKey} doing="Searching slices">
        {(answer) => <Result answer={answer} title={titleOf(metric)} />}
      </SlowQuery>
    </Panel>
  );
}
