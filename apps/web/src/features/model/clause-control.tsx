import type { Filter } from '@plumbline/contracts';
import { columnName } from '@plumbline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AddClause } from '../../filters/add-clause.tsx';
import { clausesOf, filterOf } from '../../filters/filter-clauses.ts';
import { filterFields } from '../../filters/filter-fields.ts';
import { distributionQuery } from '../../model-queries.ts';
import { useModelView } from '../../use-model-view.ts';

/** Adds a clause to the cohort; known values of the chosen field are loaded when it is chosen. */
export function ClauseControl({ onFilter }: { onFilter: (filter: Filter | undefined) => void }) {
  const { slug, model, search, query } = useModelView();
  const [fieldName, setFieldName] = useState<string | null>(null);
  const fields = filterFields(model);
  const field = fields.find((f) => f.field === fieldName);
  const known = useQuery({
    ...distributionQuery(slug, { ...query, filter: undefined }, columnName(fieldName ?? '')),
    enabled: field?.kind === 'text' && !field.field.startsWith('tags.'),
    retry: false,
  });
  const values = known.data?.bins.filter((bin) => bin.kind === 'value').map((bin) => bin.label) ?? [];
  return (
    <AddClause
      fields={fields}
      suggestions={values.slice(0, 50)}
      onFieldChange={setFieldName}
      onAdd={(clause) => {
        const { joiner, clauses } = clausesOf(search.filter);
        onFilter(filterOf({ joiner, clauses: [...clauses, clause] }));
      }}
    />
  );
}
