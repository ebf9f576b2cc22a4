import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { benchFreshness } from './freshness.ts';
import { benchGrowth } from './growth.ts';
import { benchIngest } from './ingest.ts';
import { describeMachine } from './machine.ts';
import type { PartResult } from './measurements.ts';
import { benchMemory } from './memory.ts';
import { benchMetrics } from './metrics.ts';
import { benchQuery } from './query.ts';
import { toMarkdown, toText } from './render.ts';
import { benchStreamMemory } from './stream-memory.ts';
import { benchSustained } from './sustained.ts';

const parts = {
  ingest: benchIngest,
  sustained: benchSustained,
  growth: benchGrowth,
  memory: benchMemory,
  'stream-memory': benchStreamMemory,
  freshness: benchFreshness,
  query: benchQuery,
  metrics: benchMetrics,
};
const page = path.resolve(import.meta.dirname, '../../docs/performance.md');
const tried = path.resolve(import.meta.dirname, '../what-was-tried.md');
const write = (text: string) => void process.stdout.write(`${text}\n`);

async function main(args: readonly string[]): Promise<void> {
  const asked = args.filter((arg) => !arg.startsWith('--'));
  const unknown = [
    ...asked.filter((name) => !Object.hasOwn(parts, name)),
    ...args.filter((a) => a.startsWith('--') && a !== '--write'),
  ];
  if (unknown.length > 0) {
    write(
      `Unknown: ${unknown.join(', ')}. Usage: npm run bench -- [${Object.keys(parts).join('] [')}] [--write]`,
    );
    process.exitCode = 2;
    return;
  }
  if (args.includes('--write') && asked.length > 0) {
    write('--write needs all parts: the page must come from one run.');
    process.exitCode = 2;
    return;
  }
  const machine = describeMachine();
  write(`\n${machine}\n`);
  const results: PartResult[] = [];
  for (const [name, run] of Object.entries(parts)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const result = await run();
    results.push(result);
    write(toText(result));
  }
  if (args.includes('--write')) {
    writeFileSync(page, `${toMarkdown(machine, results)}\n${readFileSync(tried, 'utf8')}`);
    write('Written to docs/performance.md.');
  }
  if (results.some(({ lines }) => lines.some(({ passed }) => passed === false))) process.exitCode = 1;
}

await main(process.argv.slice(2));
