import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createColumnar, type EventRange, type PartRef } from '@plumbline/columnar';
import { flightColumnarModel, writeFlights } from './flight-parts.ts';
import { count, megabytes, type PartResult, ratio } from './measurements.ts';
import { temporaryDirectory } from './product.ts';
import type { ReportCost, ReportTask } from './report-process.ts';
import { chartColumns, timeYear } from './time-year.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./report-process.js', import.meta.url));
const mostChartMs = 300;
/** Metrics read bins, not events: few events only leave some of the thousand score bins empty. */
const mostGrowth = 2;
/** Six days of flights are about a hundred thousand. */
const fewDays = { fromMs: Date.UTC(2001, 2, 1), toMs: Date.UTC(2001, 2, 7) };

async function report(directory: string, task: ReportTask): Promise<ReportCost> {
  const file = path.join(directory, 'task.json');
  writeFileSync(file, JSON.stringify(task));
  const { stdout } = await run(process.execPath, [program, file]);
  return JSON.parse(stdout) as ReportCost;
}

async function writeParts(root: string, incoming: string) {
  const columnar = await createColumnar({
    root,
    incomingDirectories: [incoming],
    memoryLimitMb: 1024,
    threads: availableParallelism(),
  });
  try {
    const referenceParts = await writeFlights(columnar, incoming, 1, 64);
    const binSet = await columnar.buildBinSet(flightColumnarModel, referenceParts);
    const reference = await columnar.profile(flightColumnarModel, binSet, referenceParts, {});
    const parts: PartRef[] = [];
    for (const month of [1, 2, 3, 4, 5, 6]) parts.push(...(await writeFlights(columnar, incoming, month)));
    return { binSet, reference, parts };
  } finally {
    await columnar.close();
  }
}

/** A full report from parts, what its metrics alone cost, and a chart of a year of many columns. */
export async function benchMetrics(): Promise<PartResult> {
  const { directory, remove } = temporaryDirectory();
  const [root, incoming] = [path.join(directory, 'parts'), path.join(directory, 'incoming')];
  mkdirSync(incoming);
  try {
    const written = await writeParts(root, incoming);
    const task = (range: EventRange): ReportTask => ({
      ...written,
      root,
      range,
      threads: availableParallelism(),
    });
    const few = await report(directory, task(fewDays));
    const all = await report(directory, task({}));
    const { chartMs, driftMs } = await timeYear();
    const growth = all.metricsMs / few.metricsMs;
    const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
    return {
      title: 'Metrics',
      method: `${count(all.events)} labelled real flights from January to June in ${written.parts.length} Parquet parts; the full report (drift and quality of all ${written.binSet.columns.length} columns, performance with curves) is scanned from them in a process of its own. The year is 8,760 hour profiles of ${chartColumns} columns and what the product rolls them up to, days and months, asked through the API: the PSI of one column by day, and the drift of all columns in the whole year.`,
      lines: [
        { what: 'full report, scanned', value: ms(all.scanMs + all.metricsMs) },
        { what: '… flights a second', value: count((1000 * all.events) / (all.scanMs + all.metricsMs)) },
        { what: 'peak memory of its process', value: megabytes(all.peak) },
        { what: 'metrics of the report alone, from the profile', value: ms(all.metricsMs) },
        {
          what: `… ÷ those of ${count(few.events)} flights (at most ${mostGrowth})`,
          value: ratio(growth),
          passed: growth < mostGrowth,
        },
        {
          what: `chart of a year, one of ${chartColumns} columns (at most ${mostChartMs} ms)`,
          value: ms(chartMs),
          passed: chartMs < mostChartMs,
        },
        {
          what: `drift of all ${chartColumns} columns in the whole year (at most ${mostChartMs} ms)`,
          value: ms(driftMs),
          passed: driftMs < mostChartMs,
        },
      ],
    };
  } finally {
    remove();
  }
}
