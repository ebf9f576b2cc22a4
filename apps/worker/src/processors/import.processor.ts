import type { Processors } from '@plumbline/queue';
import type { ImportContext } from '../features/imports/import-context.ts';
import { runImport } from '../features/imports/run-import.ts';

export function importProcessor(context: ImportContext): Processors['import'] {
  return (payload, { signal }) => runImport(context, payload, signal);
}
