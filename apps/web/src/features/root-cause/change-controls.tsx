import { Group, NativeSelect } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import type { ChangeMetric } from '@plumbline/contracts';
import { useNavigate } from '@tanstack/react-router';
import { filterFields } from '../../filters/filter-fields.ts';
import type { WhySearch } from '../../page-search.ts';
import { useModelView } from '../../use-model-view.ts';
import { changeMetricsOf } from './root-cause-view.ts';

interface ChangeControlsProps {
  search: WhySearch;
  metric: ChangeMetric;
  column: string | undefined;
  titleOf: (metric: string) => string;
}

/** Which metric is asked about, and which window the view's is compared with. */
export function ChangeControls({ search, metric, column, titleOf }: ChangeControlsProps) {
  const { model } = useModelView();
  const navigate = useNavigate();
  const choose = (part: Partial<WhySearch>) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...part }), resetScroll: false });
  const against = search.against ?? (model.has_reference ? 'reference' : 'previous_period');
  const columns = filterFields(model).filter(({ field }) => field.startsWith('features.'));
  const day = (name: 'against_from' | 'against_to', label: string) => (
    <DateInput
      w={150}
      label={label}
      placeholder="YYYY-MM-DD"
      valueFormat="YYYY-MM-DD"
      value={search[name] ?? null}
      onChange={(value) => {
        if ((value ?? undefined) !== search[name]) choose({ [name]: value ?? undefined });
      }}
    />
  );
  return (
    <Group align="flex-end">
      <NativeSelect
        label="What changed"
        value={metric}
        data={changeMetricsOf(model.task).map((value) => ({ value, label: titleOf(value) }))}
        onChange={(event) => choose({ metric: event.currentTarget.value })}
      />
      {metric === 'missing_rate' && (
        <NativeSelect
          label="Of column"
          value={column ?? ''}
          data={columns.map(({ field, label }) => ({ value: field, label }))}
          onChange={(event) => choose({ column: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        label="Compared with"
        value={against}
        data={[
          { value: 'reference', label: 'The reference' },
          { value: 'previous_period', label: 'The period before, of the same length' },
          { value: 'days', label: 'Chosen days' },
        ]}
        onChange={(event) => choose({ against: event.currentTarget.value as WhySearch['against'] })}
      />
      {against === 'days' && day('against_from', 'Compared from (UTC)')}
      {against === 'days' && day('against_to', 'Compared to, included')}
    </Group>
  );
}
