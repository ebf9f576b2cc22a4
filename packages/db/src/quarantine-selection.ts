import type { QuarantineStatus } from '@plumbline/contracts';

/** Which rejected rows of a model; what is left out does not narrow. */
export interface RowSelection {
  ids?: string[] | undefined;
  code?: string | undefined;
  field?: string | undefined;
  kind?: 'events' | 'actuals' | undefined;
  status?: QuarantineStatus | undefined;
}

/** A condition on `quarantine` and its values, from $1 on; $1 is the model. */
export function selected(
  modelId: string,
  { ids, code, field, kind, status }: RowSelection,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [modelId];
  const conditions = ['model_id = $1'];
  const narrow = (value: unknown, condition: (parameter: string) => string) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  narrow(ids, (parameter) => `id = ANY(${parameter}::bigint[])`);
  narrow(code, (parameter) => `code = ${parameter}`);
  narrow(field, (parameter) => `field = ${parameter}`);
  narrow(kind, (parameter) => `kind = ${parameter}`);
  narrow(status, (parameter) => `status = ${parameter}`);
  return { sql: conditions.join(' AND '), values };
}
