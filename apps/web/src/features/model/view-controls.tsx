import { Group, Input, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { environments, type Granularity, granularities } from '@plumbline/contracts';
import { useNavigate } from '@tanstack/react-router';
import { FilterBar } from '../../filters/filter-bar.tsx';
import { formatRange } from '../../format-time.ts';
import { useModelView } from '../../use-model-view.ts';
import type { ViewSearch } from '../../view-search.ts';
import { ClauseControl } from './clause-control.tsx';
import { RangeControl } from './range-control.tsx';

/** Version, environment, time range, granularity and cohort; every change is one step of the browser's history. */
export function ViewControls() {
  const { model, search, window } = useModelView();
  const navigate = useNavigate();
  const change = (part: Partial<ViewSearch>) =>
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...part }), resetScroll: false });
  const versions = model.versions.map((version) => ({ value: version, label: version }));
  const range =
    window.from !== undefined && window.to !== undefined ? formatRange(window.from, window.to) : undefined;
  return (
    <Stack gap="xs" component="section" aria-label="What is shown">
      <Group align="flex-end" gap="sm">
        <NativeSelect
          size="xs"
          label="Version"
          value={search.version ?? ''}
          data={[{ value: '', label: 'All versions' }, ...versions]}
          onChange={(event) => change({ version: event.currentTarget.value || undefined })}
        />
        <NativeSelect
          size="xs"
          label="Environment"
          value={search.environment}
          data={[...environments]}
          onChange={(event) =>
            change({ environment: event.currentTarget.value as ViewSearch['environment'] })
          }
        />
        <RangeControl search={search} onChange={change} />
        <Stack gap={0} align="flex-start">
          <Input.Label size="xs" labelElement="div" id="granularity-label">
            Granularity
          </Input.Label>
          <SegmentedControl
            size="xs"
            aria-labelledby="granularity-label"
            value={search.granularity}
            data={[...granularities]}
            onChange={(value) => change({ granularity: value as Granularity })}
          />
        </Stack>
        {range && (
          <Text size="sm" c="dimmed" pb={4}>
            {range} (UTC)
          </Text>
        )}
      </Group>
      <FilterBar
        filter={search.filter}
        onChange={(filter) => change({ filter })}
        addClause={<ClauseControl onFilter={(filter) => change({ filter })} />}
      />
    </Stack>
  );
}
