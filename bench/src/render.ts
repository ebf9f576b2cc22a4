import type { Line, PartResult } from './measurements.ts';

const verdict = ({ passed }: Line) => (passed === undefined ? '' : passed ? 'pass' : 'FAIL');

/** A result for the terminal. */
export function toText({ title, method, lines }: PartResult): string {
  const width = Math.max(...lines.map(({ what }) => what.length));
  const rows = lines.map((line) => `  ${line.what.padEnd(width)}  ${line.value}  ${verdict(line)}`.trimEnd());
  return [title, ...rows, `  (${method})`, ''].join('\n');
}

type Row = [string, string, string];

/** A table with aligned columns, as the formatter of the repository wants it; the first row is the head. */
function table(rows: Row[]): string[] {
  const widths = [0, 1, 2].map((i) => Math.max(3, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = ['', '', ''], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}

/** The page of the documentation. */
export function toMarkdown(machine: string, results: readonly PartResult[]): string {
  const sections = results.map(({ title, method, lines }) =>
    [
      `## ${title}`,
      '',
      method,
      '',
      ...table([
        ['measured', 'result', 'limit'],
        ...lines.map((line): Row => [line.what, line.value, verdict(line)]),
      ]),
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
