import type { ImportFormat } from '@plumbline/contracts';

/** How a file is sent, as its name tells. */
export interface FileFormat {
  format: ImportFormat;
  contentType: string;
  isGzip: boolean;
}

const formats: [ending: RegExp, format: ImportFormat, contentType: string][] = [
  [/\.csv$/, 'csv', 'text/csv'],
  [/\.(ndjson|jsonl)$/, 'ndjson', 'application/x-ndjson'],
  [/\.parquet$/, 'parquet', 'application/vnd.apache.parquet'],
];

/** Null for names no import takes; Parquet is compressed already and not taken with `.gz`. */
export function fileFormat(name: string): FileFormat | null {
  const lower = name.toLowerCase();
  const isGzip = lower.endsWith('.gz');
  const plain = isGzip ? lower.slice(0, -'.gz'.length) : lower;
  const found = formats.find(([ending]) => ending.test(plain));
  if (!found) return null;
  const [, format, contentType] = found;
  return isGzip && format === 'parquet' ? null : { format, contentType, isGzip };
}
