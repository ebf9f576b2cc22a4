import { chmodSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartupFailure } from './startup-failure.ts';

const passByOthers = 0o001;

function* foldersUpFrom(folder: string): Generator<string> {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at)) yield at;
}

/**
 * Root starts Postgres under an account of its own, which must be able to pass (not list) every folder on the way to its
 * data and its programs. The data folder and temporary folders of root are opened that far; others are not ours to open.
 * @throws StartupFailure naming the folder that stays closed.
 */
export function letPostgresPass(dataDirectory: string, programs: string): void {
  const temporary = `${tmpdir()}${path.sep}`;
  for (const target of [dataDirectory, programs]) {
    for (const folder of foldersUpFrom(target)) {
      const { mode, uid } = statSync(folder);
      if ((mode & passByOthers) !== 0) continue;
      if (folder !== dataDirectory && !(uid === 0 && folder.startsWith(temporary))) {
        throw new StartupFailure(
          `Postgres does not run as root, and its own account cannot enter ${folder}. Move the folder, set DATA_DIR, or start as an ordinary user.`,
        );
      }
      chmodSync(folder, mode | passByOthers);
    }
  }
}
