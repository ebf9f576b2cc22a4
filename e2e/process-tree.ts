import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  pid: number;
  parent: number;
  /** Tells two processes apart that had the same id one after the other. */
  startedAt: string;
  command: string;
}

/** Linux keeps processes as folders, so that no `ps` has to be installed. */
function fromProc(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const [state, parent] = fields;
        if (state === 'Z') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent: Number(parent), startedAt: fields[19] ?? '', command }];
      } catch {
        return [];
      }
    });
}

function fromPs(): ProcessEntry[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,lstart=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, startedAt = '', command = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line) ?? [];
      return pid ? [{ pid: Number(pid), parent: Number(parent), startedAt, command }] : [];
    });
}

const allProcesses = () => (existsSync('/proc/self/stat') ? fromProc() : fromPs());

/** A living process and everything below it. */
export function processTree(root: number): ProcessEntry[] {
  const all = allProcesses();
  const found = all.filter(({ pid }) => pid === root);
  for (const entry of found) found.push(...all.filter(({ parent }) => parent === entry.pid));
  return found;
}

/** Those of `entries` that still live. */
export function stillAlive(entries: ProcessEntry[]): ProcessEntry[] {
  const alive = new Map(allProcesses().map((entry) => [entry.pid, entry]));
  return entries.filter(({ pid, startedAt }) => alive.get(pid)?.startedAt === startedAt);
}
