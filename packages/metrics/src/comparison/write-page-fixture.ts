import type { Compared } from './compared-fixture.ts';

const steps = [1e-12, 1e-9, 1e-6];

const number = (value: number) =>
  value === 0 ? '0' : Number(value.toPrecision(6)).toString().replace('e-', 'e−').replace(/^-/, '−');

/** In steps, so that the last digits of one machine do not show. */
function difference({ ours, theirs, tolerance }: Compared): string {
  const gap = Math.abs(ours - theirs) / Math.max(1, Math.abs(theirs));
  const step = steps.find((most) => gap <= most);
  if (step !== undefined) return `≤ ${number(step)}`;
  const [found, bound] = [Math.abs(ours - theirs), tolerance * Math.max(1, Math.abs(theirs))].map((x) =>
    number(Number(x.toPrecision(2))),
  );
  return `${found} (bound ${bound})`;
}

const cell = (text: string) => text.replaceAll('|', '\\|');

const table = (rows: Compared[]) =>
  [
    '| method | data | here | there | difference | library |',
    '| --- | --- | ---: | ---: | ---: | --- |',
    ...rows.map((row) => {
      const numbers = [number(row.ours), number(row.theirs), difference(row)];
      return `| ${[cell(row.method), cell(row.data), ...numbers, row.library].join(' | ')} |`;
    }),
  ].join('\n');

const parts = (sections: { title: string; text: string; rows: Compared[] }[]) =>
  sections.map(({ title, text, rows }) => `## ${title}\n\n${text}\n\n${table(rows)}\n`).join('\n');

/** `docs/metrics/compared-with-reference-implementations.md`. */
export function writePage(sections: { title: string; text: string; rows: Compared[] }[]): string {
  return `# Compared with reference implementations

The same data given to this platform and to a library that many trust. The values of the libraries were made by running
them; the rows, the seeds, the versions and the scripts are in \`packages/stats/fixtures\` and \`packages/metrics/fixtures\`.
Ours are computed anew whenever the tests run, and the tests fail where a difference is larger than the method allows:
\`npx vitest run packages/metrics/src/comparison -u\` writes this page again.

Differences are divided by the library's value where that is greater than 1, and given in steps below 1e−6.

${parts(sections)}`;
}
