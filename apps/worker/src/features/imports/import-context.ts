import type { NegativeLabels } from '@plumbline/intake';
import type { WorkerContext } from '../../worker-context.ts';

/** What imports ask for. */
export interface ImportContext extends Pick<WorkerContext, 'db' | 'columnar' | 'queue' | 'logger' | 'now'> {
  /** Uploaded files; the API puts them there. */
  importsDirectory: string;
  /** Of the models whose rows this process stores. */
  labels: NegativeLabels;
}
