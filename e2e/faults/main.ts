import { parseArgs } from 'node:util';
import { countsFor } from './nemesis-plan.ts';
import { runFaults } from './run-faults.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    writers: { type: 'string', default: '4' },
    rate: { type: 'string', default: '500' },
  },
});
const durationMs = Number(values.seconds) * 1000;
const seed = Number(values.seed);
const say = (line: string) => void process.stdout.write(`${line}\n`);

say(`seed=${seed}`);
const report = await runFaults({
  seed,
  durationMs,
  counts: countsFor(durationMs),
  writers: Number(values.writers),
  eventsPerSecond: Number(values.rate),
  say,
});
const faults = [
  'lost',
  'unexpected',
  'repeated',
  'changed',
  'wrongAnswers',
  'wrongNumbers',
  'logFaults',
] as const;
for (const name of faults) {
  for (const line of report[name].slice(0, 20)) say(`${name}: ${line}`);
}
say(
  JSON.stringify(
    { ...report, ...Object.fromEntries(faults.map((name) => [name, report[name].length])) },
    null,
    2,
  ),
);
const isRight =
  faults.every((name) => report[name].length === 0) &&
  report.mirrored === report.stored &&
  report.deadlocks === 0 &&
  report.left === 0;
process.exitCode = isRight ? 0 : 1;
