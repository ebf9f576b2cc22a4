import { NativeSelect, ScrollArea, Stack, Text } from '@mantine/core';
import type { FairnessAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { fieldText } from '../../filters/filter-text.ts';
import { formatCount } from '../../format-number.ts';
import { EmptyBecause, EmptyMessage } from '../../ui/empty-message.tsx';
import { LiveMessage } from '../../ui/live-message.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { useModelView } from '../../use-model-view.ts';
import { BesideControl, besideText } from './beside-control.tsx';
import { DisparityCards } from './disparity-cards.tsx';
import { fairnessAttributes } from './fairness-attributes.ts';
import { FairnessControls } from './fairness-controls.tsx';
import { groupText, metricText, smallGroupsText } from './fairness-text.ts';
import { GroupChart } from './group-chart.tsx';
import { GroupTable } from './group-table.tsx';
import { prepareGroupChart } from './prepare-group-chart.ts';
import { fairnessQuery } from './queries.ts';

const route = getRouteApi('/shell/models/$model/fairness');

export function FairnessPage() {
  const { model } = useModelView();
  const {
    attributes = fairnessAttributes(model)
      .slice(0, 1)
      .map(({ value }) => value),
  } = route.useSearch();
  return (
    <Stack>
      <DocumentTitle>{`Fairness of ${model.display_name}`}</DocumentTitle>
      {model.task === 'ranking' ? (
        <EmptyMessage
          title="Not offered for ranking"
          text="Groups are compared by predictions of classes or of numbers; ranked lists have neither."
        />
      ) : attributes.length === 0 ? (
        <EmptyMessage
          title="Nothing to make groups by"
          text="Groups are made by a feature with categories or numbers, or by a tag. This model has none yet."
        />
      ) : (
        <FairnessView attributes={attributes} />
      )}
    </Stack>
  );
}

function FairnessView({ attributes }: { attributes: string[] }) {
  const { slug, query, reasonForEmpty } = useModelView();
  const { reference, favourable, beside } = route.useSearch();
  const fairness = useQuery(fairnessQuery(slug, query, { attributes, reference, favourable, beside }));
  return (
    <>
      <FairnessControls attributes={attributes} answer={fairness.data} />
      <QueryView query={fairness} height={520}>
        {(answer) =>
          answer.overall.n === 0 && answer.small_groups.groups === 0 ? (
            <EmptyBecause reason={reasonForEmpty()} />
          ) : (
            <>
              <LiveMessage>{`${answer.groups.length} groups`}</LiveMessage>
              <FairnessAnswerView answer={answer} />
            </>
          )
        }
      </QueryView>
    </>
  );
}

/** Of chart and table in px: an attribute may have hundreds of groups. */
const mostHeight = 560;

const reasons = {
  query: 'as chosen above',
  highest_selection_rate: 'selected most often',
  largest: 'the largest',
} as const;

function FairnessAnswerView({ answer }: { answer: FairnessAnswer }) {
  const asked = route.useSearch();
  const navigate = useNavigate();
  const info = answer.metrics.find(({ metric }) => metric === asked.metric) ?? answer.metrics[0];
  if (!info || answer.groups.length === 0)
    return <EmptyMessage title="No group is large enough to show" text={smallGroupsText(answer)} />;
  const chart = prepareGroupChart(answer, info.metric);
  const { reference_group: reference, overall } = answer;
  const referenceGroup = reference ? answer.groups[reference.position] : undefined;
  const whole = overall.metrics.find(({ metric }) => metric === info.metric);
  const names = answer.attributes.map(fieldText).join(' and ');
  return (
    <Stack>
      <Panel
        title={`${info.title} by ${names}`}
        note={
          <>
            {info.description}{' '}
            {answer.favourable_label !== null && `Favourable: ${answer.favourable_label}. `}
            {whole && whole.value !== null
              ? `All groups: ${metricText(info.metric, whole.value)}, n = ${formatCount(whole.n)} ${info.counts}.`
              : `All groups: no value, n = ${formatCount(whole?.n)} ${info.counts}.`}
          </>
        }
        actions={
          <NativeSelect
            aria-label="Metric of groups"
            value={info.metric}
            data={answer.metrics.map(({ metric, title }) => ({ value: metric, label: title }))}
            onChange={(event) => {
              const metric = event.currentTarget.value;
              void navigate({ to: '.', search: (previous) => ({ ...previous, metric }), resetScroll: false });
            }}
          />
        }
      >
        <ScrollArea.Autosize mah={mostHeight} viewportProps={{ tabIndex: 0 }}>
          <GroupChart chart={chart} info={info} />
        </ScrollArea.Autosize>
        <GroupTable
          title={info.title}
          metric={info.metric}
          counts={info.counts}
          rows={chart.rows}
          maxHeight={mostHeight}
        />
        <Text size="sm" c="dimmed" mt="sm">
          {reference && referenceGroup
            ? `Compared with ${groupText(referenceGroup)}, ${reasons[reference.chosen_by]}; p-values are adjusted for the number of groups (Benjamini–Hochberg). `
            : 'There is no group to compare with. '}
          {`A value needs ${info.min_n} ${info.counts} in a group of ${info.min_events} events. `}
          {smallGroupsText(answer)}
        </Text>
      </Panel>
      <Panel
        title="How far groups lie apart"
        note="Largest against smallest value. Intervals and p hold for all pairs of groups at once, because the widest of many pairs is wide by chance. A difference is a reason to look, not a verdict: no model can meet all of these when groups differ in what actually happens. How all of it is computed: docs/metrics/fairness.md."
        actions={<BesideControl />}
      >
        {asked.beside !== undefined && (
          <Text size="sm" mb="sm">
            {besideText(answer)}
          </Text>
        )}
        <DisparityCards answer={answer} />
      </Panel>
    </Stack>
  );
}
