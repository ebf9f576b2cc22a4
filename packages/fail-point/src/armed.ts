import { armed } from './env.ts';
import type { FailPointName } from './fail-point-name.ts';

export type { FailPointName };

let passed = 0;

/** Kills the process with SIGKILL when FAIL_POINT names this place and it is passed for the FAIL_POINT_PASS-th time. */
export function failPoint(name: FailPointName): void {
  if (name !== armed.name) return;
  passed += 1;
  if (passed === armed.pass) process.kill(process.pid, 'SIGKILL');
}
