import type { Answer, BadInput, Subject } from './bad-input.ts';

const head = `# Bad inputs

What the API answers to input that is wrong, odd or hostile. Written from the cases of
\`apps/api/src/bad-inputs/\`, each of which is sent to a listening server: \`npx vitest run bad-inputs -u\` writes this page
again.

Every error is \`application/problem+json\` with a \`type\` that ends in the name given here and a \`request_id\`. A row that is
refused is listed in \`rejected\` with its code and pointer while the other rows of its batch are stored; when no row
can be taken the answer is \`422 all-items-rejected\`. "Stored" counts new events and actuals, the good row that was sent
beside a bad one included. After each of these inputs the next good request is served as usual.
`;

function answerText(answer: Answer): string {
  const at = answer.pointer ? ` at \`${answer.pointer}\`` : '';
  const parts = [String(answer.status)];
  if (answer.type !== undefined) parts.push(`\`${answer.type}\``);
  if (answer.code !== undefined)
    parts.push(answer.status === 202 ? `row refused: \`${answer.code}\`${at}` : `(\`${answer.code}\`${at})`);
  if (answer.duplicates !== undefined) parts.push(`${answer.duplicates} duplicate`);
  if (answer.closes) parts.push('connection closed');
  return parts.join(' ');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

function line({ input, answer, events = 0, actuals = 0, why }: BadInput): string {
  const stored = actuals === 0 ? String(events) : `${events} + ${actuals} actuals`;
  return `| ${[input, answerText(answer), stored, why ?? ''].map(cell).join(' | ')} |`;
}

/** The page that tells what comes of every case. */
export function writePage(subjects: Subject[]): string {
  const tables = subjects.map(({ title, cases }) =>
    [`\n## ${title}\n`, '| input | answer | stored | why |', '|---|---|---|---|', ...cases.map(line)].join(
      '\n',
    ),
  );
  return `${head}${tables.join('\n')}\n`;
}
