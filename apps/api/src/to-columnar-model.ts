import type { ColumnarModel } from '@plumbline/columnar';
import type { ModelRecord } from '@plumbline/db';

export function toColumnarModel(model: ModelRecord): ColumnarModel {
  return {
    id: model.id,
    task: model.task,
    positiveLabel: model.positiveLabel,
    features: model.features.map(({ name, kind, ordinal }) => ({ name, kind, ordinal })),
    tags: model.tags.map((tag) => tag.name),
  };
}
