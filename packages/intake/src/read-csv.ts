/** One cell: whether it was quoted tells an empty text from an absent value. */
export interface Cell {
  text: string;
  quoted: boolean;
}

const longestRecord = 1024 * 1024;

/**
 * Records of a CSV text (RFC 4180: comma, double quotes doubled inside quotes, CRLF or LF), as they come.
 * @throws RangeError for a record above 1 MiB or a quote that is never closed
 */
export async function* readCsv(source: AsyncIterable<string>): AsyncGenerator<Cell[]> {
  let record: Cell[] = [];
  let text = '';
  let quoted = false;
  let size = 0;
  let state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  const endCell = () => {
    record.push({ text, quoted });
    text = '';
    quoted = false;
    state = 'start';
  };
  for await (const chunk of source) {
    for (const character of chunk) {
      size += character.length;
      if (size > longestRecord) throw new RangeError('a record holds at most 1 MiB');
      if (state === 'quoted') {
        if (character === '"') state = 'closed';
        else text += character;
      } else if (character === '"' && state === 'closed') {
        text += character;
        state = 'quoted';
      } else if (character === '"' && state === 'start') {
        quoted = true;
        state = 'quoted';
      } else if (character === ',') endCell();
      else if (character === '\n') {
        endCell();
        if (!isBlank(record)) yield record;
        record = [];
        size = 0;
      } else if (character !== '\r') {
        text += character;
        state = 'plain';
      }
    }
  }
  if ((state as string) === 'quoted') throw new RangeError('a quote is never closed');
  endCell();
  if (!isBlank(record)) yield record;
}

function isBlank(record: Cell[]): boolean {
  const [only] = record;
  return record.length === 1 && only?.text === '' && !only.quoted;
}
