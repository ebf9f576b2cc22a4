import type { Line, PartResult } from './measurements.ts';

const verdict = ({ passed }: Line) => (passed === undefined ? '' : passed ? 'pass' : 'FAIL');

/** A result for the terminal. */
export function toText({ title, method, lines }: PartResult): string {
  const width = Math.max(...lines.map(({ what }) => what.length));
  const rows = lines.map((line) => `  ${line.what.padEnd(width)}  ${line.value}  ${verdict(line)}`.trimEnd());
  return [title, ...rows, `  (${method})`, ''].join('\n');
}

/** The page of the documentation. */
export function toMarkdown(machine: string, results: readonly PartResult[]): string {
  const sections = results.map(({ title, method, lines }) =>
    [
      `## ${title}`,
      '',
      method,
      '',
      '| measured | result | |',
      '|---|---|---|',
      ...lines.map((line) => `| ${line.what} | ${line.value} | ${verdict(line)} |`),
      '',
    ].join('\n'),
  );
  return [
    '# Performance',
    '',
    'Written by `npm run bench -- --write`. Everything compared was measured side by side in one run on one machine, so the ratios say more than the numbers:',
    '',
    `> ${machine}`,
    '',
    ...sections,
  ].join('\n');
}
