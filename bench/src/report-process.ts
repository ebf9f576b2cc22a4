import { readFileSync } from 'node:fs';
import { createColumnar, type EventRange, type PartRef } from '@plumbline/columnar';
import type { BinSet, Profile } from '@plumbline/contracts';
import { driftReport, performanceReport, qualityReport } from '@plumbline/metrics';
import { flightColumnarModel } from './flight-parts.ts';
import { median } from './measurements.ts';

/** What a report is made of; `root` holds the parts. */
export interface ReportTask {
  root: string;
  parts: PartRef[];
  binSet: BinSet;
  reference: Profile;
  range: EventRange;
  threads: number;
}

export interface ReportCost {
  events: number;
  scanMs: number;
  /** Drift, quality and performance from the profile; median of several. */
  metricsMs: number;
  /** Largest resident memory of the process, in bytes. */
  peak: number;
}

const turns = 21;

/** Makes one full report in a process of its own, whose memory is that of nothing else. */
async function main({ root, parts, binSet, reference, range, threads }: ReportTask): Promise<ReportCost> {
  const columnar = await createColumnar({ root, memoryLimitMb: 1024, threads });
  const began = performance.now();
  const current = await columnar.profile(flightColumnarModel, binSet, parts, range);
  const scanMs = performance.now() - began;
  const times: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const start = performance.now();
    driftReport({ binSet, reference, current });
    qualityReport({ binSet, reference, current });
    performanceReport({ context: flightColumnarModel, reference, current });
    times.push(performance.now() - start);
  }
  await columnar.close();
  const peak = process.resourceUsage().maxRSS * 1024;
  return { events: current.events, scanMs, metricsMs: median(times), peak };
}

const [task] = process.argv.slice(2);
if (task) process.stdout.write(JSON.stringify(await main(JSON.parse(readFileSync(task, 'utf8')))));
