import { Group, NativeSelect } from '@mantine/core';
import { type FairnessAnswer, maxAttributes } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useModelView } from '../../use-model-view.ts';
import { fairnessAttributes } from './fairness-attributes.ts';
import { groupText } from './fairness-text.ts';
import { labelsQuery } from './queries.ts';

const route = getRouteApi('/shell/models/$model/fairness');

interface FairnessControlsProps {
  attributes: string[];
  answer: FairnessAnswer | undefined;
}

/** What makes groups, which one the others are compared with, and which label is the good one. */
export function FairnessControls({ attributes, answer }: FairnessControlsProps) {
  const { slug, model, query } = useModelView();
  const asked = route.useSearch();
  const navigate = useNavigate();
  const choices = fairnessAttributes(model);
  const isClassification = model.task.endsWith('_classification');
  const { data: labels } = useQuery({ ...labelsQuery(slug, query), enabled: isClassification });
  const choose = (part: {
    attributes?: string[];
    reference?: string[] | undefined;
    favourable?: string | undefined;
  }) => void navigate({ to: '.', search: (previous) => ({ ...previous, ...part }), resetScroll: false });

  const chooseAttribute = (i: number, value: string) => {
    const chosen = value === '' ? attributes.slice(0, i) : attributes.with(i, value);
    choose({ attributes: [...new Set(chosen)], reference: undefined });
  };
  const shown = attributes.length < maxAttributes ? [...attributes, ''] : attributes;
  const groups = answer?.groups.filter(({ kind }) => kind === 'group') ?? [];
  const values = (i: number) => Object.values(groups[i]?.group ?? {}).map(String);
  const reference = groups.findIndex((_, i) => JSON.stringify(values(i)) === JSON.stringify(asked.reference));
  const known = [
    model.positive_label,
    asked.favourable,
    ...(labels?.bins ?? []).filter(isLabel).map(({ label }) => label),
  ];
  const favourable = [...new Set(known)].filter((label) => typeof label === 'string');
  return (
    <Group align="flex-end">
      {shown.map((attribute, i) => (
        <NativeSelect
          key={attribute}
          label={i === 0 ? 'Groups by' : 'crossed with'}
          value={attribute}
          data={[
            ...(i === 0 ? [] : [{ value: '', label: 'nothing' }]),
            ...choices.filter(({ value }) => value === attribute || !attributes.includes(value)),
          ]}
          onChange={(event) =>
            attribute === ''
              ? choose({ attributes: [...attributes, event.currentTarget.value], reference: undefined })
              : chooseAttribute(i, event.currentTarget.value)
          }
        />
      ))}
      <NativeSelect
        label="Compared with"
        value={asked.reference === undefined ? '' : String(reference)}
        data={[
          { value: '', label: 'chosen by the page' },
          ...(asked.reference !== undefined && reference < 0
            ? [{ value: '-1', label: asked.reference.join(' · ') }]
            : []),
          ...groups.map((group, i) => ({ value: String(i), label: groupText(group) })),
        ]}
        onChange={(event) => {
          const { value } = event.currentTarget;
          choose({ reference: value === '' ? undefined : values(Number(value)) });
        }}
      />
      {isClassification && (
        <NativeSelect
          label="Favourable label"
          value={asked.favourable ?? model.positive_label ?? ''}
          data={[...(model.positive_label === null ? [{ value: '', label: 'none' }] : []), ...favourable]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            choose({ favourable: value === '' || value === model.positive_label ? undefined : value });
          }}
        />
      )}
    </Group>
  );
}

const isLabel = ({ kind, current_count }: { kind: string; current_count: number }) =>
  kind === 'value' && current_count > 0;
