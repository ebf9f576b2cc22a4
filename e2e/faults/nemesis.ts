import { setTimeout as wait } from 'node:timers/promises';
import { processTree } from '../process-tree.ts';
import type { RunningServer } from '../server.ts';
import { waitUntil } from '../wait-until.ts';
import type { Fault, Target } from './nemesis-plan.ts';

const commands: Record<Target, RegExp> = {
  api: /apps\/api\/dist\/main\.js/,
  worker: /apps\/worker\/dist\/main\.js/,
  postgres: /bin\/postgres -D/,
};
const backMs = 15_000;

/** The process of this kind, waited for while it is being started again. */
export function processOf(server: RunningServer, target: Target): Promise<number> {
  return waitUntil(`a ${target} process`, backMs, () => {
    return server.processes().find(({ command }) => commands[target].test(command))?.pid;
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Stops a process and all below it; the result lets them go on. */
export function freeze(root: number): () => void {
  // From the root down, so that nothing new is started meanwhile.
  const pids = processTree(root).map(({ pid }) => pid);
  for (const pid of pids) signal(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids.toReversed()) signal(pid, 'SIGCONT');
  };
}

/** Does to a server what a plan says. `restart` is asked for a new one after everything was killed. */
export async function playFaults(
  plan: Fault[],
  current: { server: RunningServer },
  restart: () => Promise<RunningServer>,
  say: (line: string) => void,
): Promise<void> {
  const startedAt = Date.now();
  for (const fault of plan) {
    await wait(Math.max(0, fault.atMs - (Date.now() - startedAt)));
    say(`${((Date.now() - startedAt) / 1000).toFixed(1)} s: ${fault.kind} ${fault.target}`);
    if (fault.target === 'everything') {
      await current.server.kill();
      current.server = await restart();
      continue;
    }
    const pid = await processOf(current.server, fault.target);
    if (fault.kind === 'kill') signal(pid, 'SIGKILL');
    else if (fault.kind === 'terminate') signal(pid, 'SIGTERM');
    else {
      const thaw = freeze(pid);
      await wait(fault.forMs).finally(thaw);
    }
  }
}
