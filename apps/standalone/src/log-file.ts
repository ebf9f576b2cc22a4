import { createWriteStream, existsSync, renameSync, statSync, type WriteStream } from 'node:fs';

const maxBytes = 20 * 1024 * 1024;

/** Appends to a log file; one that has grown over 20 MiB is moved to `<file>.1` first. */
export function openLog(file: string): WriteStream {
  if (existsSync(file) && statSync(file).size > maxBytes) renameSync(file, `${file}.1`);
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}
