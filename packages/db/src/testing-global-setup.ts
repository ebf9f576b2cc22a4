import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './testing.ts';

/** One Postgres for the whole run; tests get it by `inject('postgres')` and make databases of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startTestPostgres();
  project.provide('postgres', server);
  return stop;
}
