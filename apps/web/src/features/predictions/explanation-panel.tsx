import { NativeSelect, Stack, Text } from '@mantine/core';
import { type Audience, audiences, type ExplanationAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { prepareWaterfall } from '../../charts/prepare-waterfall.ts';
import { WaterfallChart } from '../../charts/waterfall-chart.tsx';
import { formatNumber, formatSigned } from '../../format-number.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';
import { EmptyMessage } from '../../ui/empty-message.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { explanationQuery } from './queries.ts';
import { valueText } from './value-text.ts';

const route = getRouteApi('/shell/models/$model/predictions/$id');

const names: Record<Audience, string> = {
  data_scientist: 'Data scientist',
  business: 'Business',
  auditor: 'Auditor',
  operator: 'Operator',
  subject: 'The person concerned',
};

function Attributions({ explanation }: { explanation: ExplanationAnswer }) {
  const waterfall = prepareWaterfall(explanation);
  if (!waterfall) {
    return (
      <Panel title="Attributions">
        <EmptyMessage
          title="No attributions"
          text="This event was posted without shap_values, so there is nothing to break its score down by."
        />
      </Panel>
    );
  }
  const gap = waterfall.score === null ? null : waterfall.score - waterfall.sum;
  const score = waterfall.score === null ? '' : ` The score is ${formatNumber(waterfall.score)}`;
  const fits =
    gap === null ? '' : explanation.additive ? ', so they add up.' : `, a gap of ${formatSigned(gap)}.`;
  return (
    <ChartPanel
      title="From base value to score"
      note={`${formatNumber(waterfall.base)} + contributions = ${formatNumber(waterfall.sum)}.${score}${fits} Units: the score's.`}
      rows={waterfall.rows}
      keyOf={(row) => row.label}
      columns={[
        { header: 'Feature', cell: (row) => row.label },
        { header: 'Value', cell: (row) => (row.value === undefined ? '' : valueText(row.value)) },
        { header: 'Contribution', isNumber: true, cell: (row) => formatSigned(row.contribution) },
        { header: 'Running sum', isNumber: true, cell: (row) => formatNumber(row.to) },
      ]}
    >
      <WaterfallChart waterfall={waterfall} />
    </ChartPanel>
  );
}

/** Why this score: attributions, and the same in words for a chosen reader. */
export function ExplanationPanel() {
  const { model, id } = route.useParams();
  const { audience } = route.useSearch();
  const navigate = useNavigate();
  const explanation = useQuery(explanationQuery(model, id, audience));
  return (
    <QueryView query={explanation} height={420}>
      {(answer) => (
        <Stack>
          <Panel
            title="In words"
            actions={
              <NativeSelect
                size="xs"
                aria-label="Who reads this"
                value={audience}
                data={audiences.map((value) => ({ value, label: names[value] }))}
                onChange={(event) => {
                  const value = event.currentTarget.value as Audience;
                  void navigate({
                    to: '.',
                    search: (previous) => ({ ...previous, audience: value }),
                    resetScroll: false,
                  });
                }}
              />
            }
          >
            <Text style={{ whiteSpace: 'pre-line' }} maw="75ch">
              {answer.narrative.text}
            </Text>
          </Panel>
          <Attributions explanation={answer} />
        </Stack>
      )}
    </QueryView>
  );
}
