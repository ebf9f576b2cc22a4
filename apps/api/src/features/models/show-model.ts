import type { Model } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { timeText } from '../../time-text.ts';

export function showModel(model: ModelRecord): Model {
  return {
    model: model.slug,
    display_name: model.displayName,
    task: model.task,
    positive_label: model.positiveLabel,
    decision_threshold: model.decisionThreshold,
    features: model.features.map(({ name, kind, min, max, sensitive }) => ({
      name,
      kind,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      sensitive,
    })),
    tags: model.tags,
    versions: model.versions,
    has_reference: model.hasReference,
    created_at: timeText(model.createdAt),
    updated_at: timeText(model.updatedAt),
  };
}
