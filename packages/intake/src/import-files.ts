import { join } from 'node:path';

/** The folder of uploaded files that wait to be imported; API and workers share it. */
export const importsDirectory = (dataDir: string): string => join(dataDir, 'imports');

/** The uploaded file of an import. */
export const importFile = (directory: string, id: string): string => join(directory, `${id}.upload`);

/** Rows of a Parquet file on their way in; only its worker knows it. */
export const importScratch = (directory: string, id: string): string => join(directory, `${id}.rows`);

/** Checked rows of a reference that is being imported. */
export const importedReference = (directory: string, id: string): string =>
  join(directory, `${id}.reference`);
