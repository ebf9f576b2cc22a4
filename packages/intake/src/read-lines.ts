/** One line without its line break; `bytes` is null when the line is longer than allowed. */
export interface Line {
  bytes: Buffer | null;
}

const newline = 0x0a;

/** Splits bytes into lines in bounded memory. Blank lines are left out. */
export async function* readLines(source: AsyncIterable<Buffer>, maxLineBytes: number): AsyncGenerator<Line> {
  let held: Buffer[] = [];
  let size = 0;
  const take = (): Line | null => {
    const line = size > maxLineBytes ? null : trimmed(Buffer.concat(held, size));
    held = [];
    size = 0;
    return line === null ? { bytes: null } : line.length === 0 ? null : { bytes: line };
  };
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      hold(chunk.subarray(start, end));
      const line = take();
      if (line) yield line;
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  const last = take();
  if (last) yield last;

  function hold(piece: Buffer) {
    if (piece.length === 0) return;
    size += piece.length;
    if (size <= maxLineBytes) held.push(piece);
    else held = [];
  }
}

function trimmed(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && isSpace(line[end - 1])) end -= 1;
  let start = 0;
  while (start < end && isSpace(line[start])) start += 1;
  return line.subarray(start, end);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0d || byte === 0x09;
}
