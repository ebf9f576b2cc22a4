import { type Environment, type ImportKind, importPreview, importSchema } from '@plumbline/contracts';
import { callApi, sendFile } from '../../api-client.ts';
import type { FileFormat } from './file-format.ts';
import { headOfFile } from './head-of-file.ts';
import { importsPath } from './queries.ts';

/** What a person says of a file to import. */
export interface ImportRequest {
  file: File;
  format: FileFormat;
  kind: ImportKind;
  /** Columns that do not go by their own name; null = left out. */
  map: Record<string, string | null>;
  modelVersion: string;
  environment: Environment;
  assumeUtc: boolean;
}

function queryOf({ file, format, kind, map, modelVersion, environment, assumeUtc }: ImportRequest) {
  const isTable = format.format !== 'ndjson';
  return {
    kind,
    environment,
    name: file.name.slice(-200),
    model_version: modelVersion === '' ? undefined : modelVersion,
    map: isTable && Object.keys(map).length > 0 ? JSON.stringify(map) : undefined,
    assume_utc: isTable && assumeUtc ? 'true' : undefined,
  };
}

/** What the server would make of the first rows; null for a file that can only be sent as a whole. */
export async function previewImport(model: string, request: ImportRequest, signal: AbortSignal) {
  const body = await headOfFile(request.file, request.format);
  if (body === null) return null;
  return callApi(importPreview, importsPath(model), {
    method: 'POST',
    query: { ...queryOf(request), dry_run: 'true' },
    content: { body, type: request.format.contentType },
    signal,
  });
}

/** Sends the whole file. `onSent` is told the share of it that is on its way, 0 to 1. */
export const uploadImport = (
  model: string,
  request: ImportRequest,
  options: { onSent: (share: number) => void; signal: AbortSignal },
) =>
  sendFile(importSchema, importsPath(model), {
    query: queryOf(request),
    file: request.file,
    headers: {
      'content-type': request.format.contentType,
      ...(request.format.isGzip ? { 'content-encoding': 'gzip' } : {}),
    },
    ...options,
  });
