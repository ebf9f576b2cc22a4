import type { Feature, FeatureKind, SchemaFeature } from '@plumbline/contracts';

/** A feature as it stands in the form: numbers as typed. */
export interface FeatureDraft {
  kind: FeatureKind;
  min: string;
  max: string;
  sensitive: boolean;
}

const typed = (value: number | null) => (value === null ? '' : String(value));

export const draftOf = ({ kind, min, max, sensitive }: SchemaFeature): FeatureDraft => ({
  kind,
  min: typed(min),
  max: typed(max),
  sensitive,
});

/** The feature to save; an empty bound is none, and only numbers have bounds. */
export function readDraft(name: string, draft: FeatureDraft): { feature: Feature } | { error: string } {
  const { kind, sensitive } = draft;
  if (kind !== 'numeric') return { feature: { name, kind, sensitive } };
  const bounds = { min: draft.min.trim(), max: draft.max.trim() };
  const values = Object.entries(bounds).flatMap(([key, text]) => (text === '' ? [] : [[key, Number(text)]]));
  const { min, max } = Object.fromEntries(values) as { min?: number; max?: number };
  if ([min, max].some((bound) => bound !== undefined && !Number.isFinite(bound))) {
    return { error: 'Smallest and largest value must be numbers or empty.' };
  }
  if (min !== undefined && max !== undefined && min > max) {
    return { error: 'The smallest value must not be above the largest.' };
  }
  return {
    feature: {
      name,
      kind,
      sensitive,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    },
  };
}
