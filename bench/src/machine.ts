import { readFileSync } from 'node:fs';
import os from 'node:os';

/** The machine a run was made on and how busy it was before, in one sentence: no number means anything without it. */
export function describeMachine(): string {
  const [cpu] = os.cpus();
  const [load = 0] = os.loadavg();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const { model = 'unknown processor' } = cpu ?? {};
  const limit = cpuLimit();
  const cores = `${os.cpus().length} cores${limit === undefined ? '' : ` (limited to ${limit})`}`;
  return `${model.trim()}, ${cores}, ${memory} GB memory, ${os.type()} ${os.release()}, Node ${process.versions.node}; load average ${load.toFixed(1)} before the run`;
}

/** Processors a container may use, where it is limited. */
function cpuLimit(): number | undefined {
  try {
    const [quota, period] = readFileSync('/sys/fs/cgroup/cpu.max', 'utf8').split(' ').map(Number);
    return quota && period ? quota / period : undefined;
  } catch {
    return undefined;
  }
}
