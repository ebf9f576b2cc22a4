import type { ImportKind } from '@plumbline/contracts';

const eventFields = [
  'prediction_id',
  'prediction_timestamp',
  'model_version',
  'environment',
  'prediction_label',
  'prediction_score',
  'actual_label',
  'actual_score',
  'actual_timestamp',
  'shap_base_value',
  'subject_id',
  'group_id',
  'rank',
];
const actualFields = ['prediction_id', 'actual_label', 'actual_score', 'actual_timestamp'];

export const leftOut = '(left out)';

export interface TargetGroup {
  group: string;
  items: { value: string; label: string }[];
}

/** Where a column may go; `target` is where it goes now, null = nowhere. */
export function columnTargets(kind: ImportKind, column: string, target: string | null): TargetGroup[] {
  const fields = kind === 'actuals' ? actualFields : eventFields;
  const members =
    kind === 'actuals'
      ? []
      : ['features', 'tags', 'shap_values', 'prediction_scores'].map((group) => `${group}.${column}`);
  const plain = (values: string[]) => values.map((value) => ({ value, label: value }));
  const isKnown = target === null || fields.includes(target) || members.includes(target);
  return [
    { group: 'Field', items: plain(fields) },
    ...(members.length === 0 && isKnown
      ? []
      : [{ group: 'Named value', items: plain(isKnown ? members : [target, ...members]) }]),
    { group: 'Nowhere', items: [{ value: leftOut, label: leftOut }] },
  ];
}
