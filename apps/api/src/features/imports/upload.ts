import { type ImportFormat, type ImportOptions, type importQuery, Problem } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { parseColumnMap, type TableOptions } from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { badQuery } from '../../page.ts';
import { mediaType } from '../../read-body.ts';
import { isNdjson } from '../../read-rows.ts';

export type ImportQuery = z.infer<typeof importQuery>;

/** The format of an upload. @throws Problem 415 for other content types, and for Parquet inside gzip */
export function formatOf(request: FastifyRequest): ImportFormat {
  const media = mediaType(request);
  if (isNdjson(media)) return 'ndjson';
  if (media.type === 'text/csv') return 'csv';
  if (media.type !== 'application/vnd.apache.parquet') throw new Problem('unsupported-media-type');
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return 'parquet';
  throw new Problem('unsupported-encoding', {
    detail: 'Parquet is compressed already and comes without gzip.',
  });
}

/** @throws Problem 422 for a mapping that is no mapping, or one of rows that name their fields themselves */
export function importOptions(query: ImportQuery, format: ImportFormat): ImportOptions {
  const { map, model_version: modelVersion, environment, assume_utc } = query;
  if (format === 'ndjson') {
    for (const parameter of ['map', 'assume_utc'] as const) {
      if (query[parameter] !== undefined) throw badQuery(parameter, 'NDJSON rows are taken as they are');
    }
  }
  parseColumnMap(map);
  return {
    ...(map === undefined ? {} : { map }),
    ...(modelVersion === undefined ? {} : { modelVersion }),
    ...(environment === undefined ? {} : { environment }),
    assumeUtc: assume_utc === 'true',
  };
}

/** How the API reads a table to check it; the worker reads it alike. */
export function tableOptions(
  model: ModelRecord,
  query: ImportQuery,
  rest: Pick<TableOptions, 'chunkRows' | 'onColumns'>,
): TableOptions {
  return {
    rowKind: query.kind === 'actuals' ? 'actuals' : 'events',
    features: model.features,
    map: query.map,
    assumeUtc: query.assume_utc === 'true',
    refuseRagged: true,
    ...rest,
  };
}
