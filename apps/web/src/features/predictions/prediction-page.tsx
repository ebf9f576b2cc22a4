import { Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { EventAnswer } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { formatNumber } from '../../format-number.ts';
import { formatTime } from '../../format-time.ts';
import { CopyCode } from '../../ui/copy-code.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { AnchorLink } from '../../ui/links.tsx';
import { DocumentTitle } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { keepView } from '../../view-search.ts';
import { ExplanationPanel } from './explanation-panel.tsx';
import { eventQuery } from './queries.ts';
import { valueText } from './value-text.ts';

const route = getRouteApi('/shell/models/$model/predictions/$id');

const outcome = (label: string | null, score: number | null) =>
  label !== null && score !== null ? `${label} (${formatNumber(score)})` : (label ?? formatNumber(score));

function facts(event: EventAnswer): [name: string, value: string][] {
  const hasActual = event.actual_label !== null || event.actual_score !== null;
  const at = event.actual_timestamp === null ? '' : ` at ${formatTime(event.actual_timestamp)} UTC`;
  return [
    ['Predicted', outcome(event.prediction_label, event.prediction_score)],
    ['Actual', hasActual ? outcome(event.actual_label, event.actual_score) + at : 'not known yet'],
    ['Time', `${formatTime(event.prediction_timestamp)} UTC`],
    ['Received', `${formatTime(event.received_at)} UTC`],
    ['Version', event.model_version],
    ['Environment', event.environment],
    ...Object.entries(event.tags).map(([name, value]): [string, string] => [`Tag ${name}`, value]),
  ];
}

const pairColumns = (name: string) => [
  { header: name, cell: ([key]: [string, string]) => key },
  { header: 'Value', cell: ([, value]: [string, string]) => value },
];

function Event({ event }: { event: EventAnswer }) {
  const features = Object.entries(event.features).map(([k, v]): [string, string] => [k, valueText(v)]);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Panel title="This prediction">
        <DataTable
          label="Prediction"
          rows={facts(event)}
          keyOf={([key]) => key}
          columns={pairColumns('Field')}
        />
      </Panel>
      <Panel title="Features" note={`${features.length} values`}>
        <DataTable
          label="Features"
          rows={features}
          keyOf={([key]) => key}
          columns={pairColumns('Feature')}
          maxHeight={340}
        />
      </Panel>
    </SimpleGrid>
  );
}

export function PredictionPage() {
  const { model, id } = route.useParams();
  const event = useQuery(eventQuery(model, id));
  return (
    <Stack>
      <DocumentTitle>{`Prediction ${id}`}</DocumentTitle>
      <Group justify="space-between">
        <Title order={2} size="h3" style={{ overflowWrap: 'anywhere' }}>
          {id}
        </Title>
        <AnchorLink to="/models/$model/predictions" params={{ model }} search={keepView}>
          All predictions
        </AnchorLink>
      </Group>
      <QueryView query={event} height={300}>
        {(answer) => <Event event={answer} />}
      </QueryView>
      <ExplanationPanel />
      {event.data && (
        <Panel title="Raw event">
          <details>
            <summary>
              <Text span>Show JSON</Text>
            </summary>
            <CopyCode text={JSON.stringify(event.data, null, 2)} label="Copy JSON" />
          </details>
        </Panel>
      )}
    </Stack>
  );
}
