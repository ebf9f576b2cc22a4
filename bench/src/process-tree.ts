import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessMemory {
  pid: number;
  name: string;
  rss: number;
  /** Proportional share of memory; shared pages are divided by who shares them. Undefined where not readable. */
  pss: number | undefined;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function kilobytes(text: string, field: string): number | undefined {
  const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text);
  return match ? Number(match[1]) * 1024 : undefined;
}

/** A process and all its descendants; Linux only, since it reads /proc. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // The name stands in brackets and may hold anything; the parent is the second field after it.
    const parent = Number(
      read(`/proc/${entry}/stat`)
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
    children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

function nameOf(pid: number): string {
  const command = read(`/proc/${pid}/cmdline`).split('\0').join(' ').trim();
  if (/postgres: plumbline /.test(command)) return 'a postgres connection';
  if (/postgres: /.test(command)) return `postgres ${command.replace(/^.*postgres: /, '').split(' ')[0]}`;
  if (/bin\/postgres/.test(command)) return 'postgres';
  for (const app of ['api', 'worker']) if (command.includes(`apps/${app}/`)) return app;
  if (command.includes('scripts/start.mjs')) return 'launcher';
  return command.split(' ').slice(0, 2).join(' ') || String(pid);
}

/** Memory of every process below `root`; `exact` also reads the slower proportional shares. */
export function memoryOf(root: number, { exact }: { exact: boolean }): ProcessMemory[] {
  return processTree(root).flatMap((pid) => {
    const rss = kilobytes(read(`/proc/${pid}/status`), 'VmRSS');
    if (rss === undefined) return [];
    const pss = exact ? kilobytes(read(`/proc/${pid}/smaps_rollup`), 'Pss') : undefined;
    return [{ pid, name: nameOf(pid), rss, pss }];
  });
}
