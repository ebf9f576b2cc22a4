import { Stack, Text } from '@mantine/core';
import type { ExplainChangeAnswer, ExplainChangeBody } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { formatCounted, formatNumber, formatSigned } from '../../format-number.ts';
import { formatRange } from '../../format-time.ts';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { LiveMessage } from '../../ui/live-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useModelView } from '../../use-model-view.ts';
import { ContributionPanel } from './contribution-panel.tsx';
import { DimensionTable } from './dimension-table.tsx';
import { explainChangeQuery } from './queries.ts';
import { SlowQuery } from './slow-query.tsx';

const route = getRouteApi('/shell/models/$model/why');

const reasons: Record<Exclude<ExplainChangeAnswer['status'], 'ok'>, string> = {
  empty: 'One of the two windows has no events this metric is made of.',
  insufficient_data: 'Each window needs at least 30 events this metric is made of.',
  degenerate: 'The metric has no value, or nothing changed.',
  constant: 'The metric has no value in one of the windows.',
  not_applicable: 'The length of the window compared with is not known.',
};

const comparedText = ({ compared }: ExplainChangeAnswer) => {
  if (!compared) return 'nothing to compare with';
  const range = compared.from && compared.to ? ` (${formatRange(compared.from, compared.to)})` : '';
  if (compared.kind === 'range') return `the chosen days${range}`;
  return compared.kind === 'previous_period' ? `the period before${range}` : `the reference${range}`;
};

function Result({ answer, title }: { answer: ExplainChangeAnswer; title: string }) {
  const { dimension: asked } = route.useSearch();
  const { change, lower, upper } = answer;
  if (answer.status !== 'ok' || change === null)
    return (
      <EmptyMessage
        title="No change to take apart"
        text={
          answer.compared || answer.status === 'not_applicable'
            ? reasons[answer.status === 'ok' ? 'degenerate' : answer.status]
            : 'This model has no reference: compare with another period.'
        }
      />
    );
  const chosen = answer.dimensions.find(({ field }) => field === asked) ?? answer.dimensions[0];
  const interval =
    lower === null || upper === null
      ? ''
      : ` (95% interval ${formatSigned(lower)} to ${formatSigned(upper)})`;
  return (
    <Stack>
      <Panel
        title={`${title}: ${formatNumber(answer.value_compared)} → ${formatNumber(answer.value)}`}
        note={`Compared with ${comparedText(answer)}; n = ${formatCounted(answer.n_compared, 'event')} then, ${formatCounted(answer.n, 'event')} in ${formatRange(answer.window.from, answer.window.to)}`}
      >
        <LiveMessage>{`${title} changed by ${formatSigned(change)}`}</LiveMessage>
        <Text mb="sm">
          Changed by <b>{formatSigned(change)}</b>
          {interval}
          {answer.exactness === 'binned' && ', computed from 1,000 score bins'}. Dimensions are ordered by how
          far their segments’ contributions are from an even spread
          {answer.method === 'mix_rate' && ', less what chance alone gives'}.
        </Text>
        {answer.dimensions.length > 0 ? (
          <DimensionTable answer={answer} chosen={chosen?.field} />
        ) : (
          <EmptyMessage
            title="Nothing to take it apart by"
            text="The model has no feature, tag or version with more than one value in these windows."
          />
        )}
      </Panel>
      {chosen && <ContributionPanel answer={answer} dimension={chosen} />}
    </Stack>
  );
}

/** The change of the chosen metric, taken apart. */
export function ChangePanel({ body, title }: { body: ExplainChangeBody; title: string }) {
  const { slug } = useModelView();
  const asked = explainChangeQuery(slug, body);
  return (
    <SlowQuery query={useQuery(asked)} queryKey={asked.queryKey} doing="Taking the change apart">
      {(answer) => <Result answer={answer} title={title} />}
    </SlowQuery>
  );
}
