import type { ColumnarModel } from './columnar.ts';

/** What the columnar engine must know of a model as it is stored, tags with all that is said of them. */
export function toColumnarModel({
  id,
  task,
  positiveLabel,
  features,
  tags,
}: Omit<ColumnarModel, 'tags'> & { tags: readonly { name: string }[] }): ColumnarModel {
  return {
    id,
    task,
    positiveLabel,
    features: features.map(({ name, kind, ordinal }) => ({ name, kind, ordinal })),
    tags: tags.map((tag) => tag.name),
  };
}
