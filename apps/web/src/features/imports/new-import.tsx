import {
  Button,
  Checkbox,
  FileInput,
  Group,
  NativeSelect,
  Progress,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Environment, environments, type ImportKind } from '@plumbline/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { formatShare } from '../../format-number.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { fileFormat } from './file-format.ts';
import { type ImportRequest, previewImport, uploadImport } from './import-request.ts';
import { MappingTable } from './mapping-table.tsx';
import { importsQuery } from './queries.ts';

const kinds: { value: ImportKind; label: string }[] = [
  { value: 'events', label: 'Events: predictions of the past' },
  { value: 'actuals', label: 'Actuals: what came true' },
  { value: 'reference', label: 'Reference: what the model is compared with' },
];

/** The first rows of the chosen file as the server understands them. */
function Preview(props: {
  slug: string;
  request: ImportRequest;
  onTarget: (column: string, target: string | null) => void;
}) {
  const { file, format, ...asked } = props.request;
  const preview = useQuery({
    queryKey: ['import-preview', props.slug, file.name, file.size, file.lastModified, asked],
    queryFn: ({ signal }) => previewImport(props.slug, props.request, signal),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  return (
    <QueryView query={preview} height={200}>
      {(found) =>
        found === null ? (
          <Text size="sm" c="dimmed">
            This file is too large to be looked into before; its columns go by their own names.
          </Text>
        ) : (
          <MappingTable preview={found} onTarget={props.onTarget} />
        )
      }
    </QueryView>
  );
}

/** Chooses a file, says what it holds, shows what would come of it and sends it. */
export function NewImport({ slug }: { slug: string }) {
  const queryClient = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<ImportKind>('events');
  const [map, setMap] = useState<Record<string, string | null>>({});
  const [modelVersion, setModelVersion] = useState('');
  const [environment, setEnvironment] = useState<Environment>('production');
  const [assumeUtc, setAssumeUtc] = useState(false);
  const [sent, setSent] = useState(0);
  const aborting = useRef<AbortController>(null);
  const format = file ? fileFormat(file.name) : null;
  const request =
    file && format ? { file, format, kind, map, modelVersion, environment, assumeUtc } : undefined;
  const upload = useMutation({
    mutationFn: (asked: ImportRequest) => {
      aborting.current = new AbortController();
      setSent(0);
      return uploadImport(slug, asked, { onSent: setSent, signal: aborting.current.signal });
    },
    onSuccess: () => {
      choose(null);
      notifications.show({
        message: 'The file is uploaded; its rows are being taken in',
        closeButtonProps: { 'aria-label': 'Close' },
      });
      return queryClient.invalidateQueries({ queryKey: importsQuery(slug).queryKey });
    },
  });

  function choose(chosen: File | null) {
    setFile(chosen);
    setMap({});
    upload.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (request) upload.mutate(request);
  }

  const wasStopped = aborting.current?.signal.aborted === true;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Group align="flex-start" gap="md">
          <FileInput
            label="File"
            description="CSV, NDJSON (each also .gz) or Parquet"
            placeholder="Choose a file"
            accept=".csv,.ndjson,.jsonl,.parquet,.gz"
            clearable
            clearButtonProps={{ 'aria-label': 'Choose no file' }}
            miw={260}
            value={file}
            onChange={choose}
            error={file && !format ? 'This kind of file cannot be imported' : undefined}
          />
          <NativeSelect
            label="It holds"
            description="One kind of rows a file"
            value={kind}
            data={kinds}
            onChange={(event) => {
              setKind(event.currentTarget.value as ImportKind);
              setMap({});
            }}
          />
          {kind !== 'actuals' && (
            <>
              <TextInput
                label="Model version"
                description="Of rows that name none"
                placeholder="unversioned"
                maxLength={256}
                value={modelVersion}
                onChange={(event) => setModelVersion(event.currentTarget.value)}
              />
              <NativeSelect
                label="Environment"
                description="Of rows that name none"
                value={environment}
                data={[...environments]}
                onChange={(event) => setEnvironment(event.currentTarget.value as Environment)}
              />
            </>
          )}
        </Group>
        {format && format.format !== 'ndjson' && (
          <Checkbox
            label="Times without an offset are UTC, such as 2001-02-01 06:30:00"
            checked={assumeUtc}
            onChange={(event) => setAssumeUtc(event.currentTarget.checked)}
          />
        )}
        {request && (
          <Preview
            slug={slug}
            request={request}
            onTarget={(column, target) => setMap((before) => ({ ...before, [column]: target }))}
          />
        )}
        {upload.isError && !wasStopped && <ProblemAlert error={upload.error} />}
        {upload.isPending && (
          <Group gap="sm" wrap="nowrap">
            <Progress value={sent * 100} aria-label="Uploading" style={{ flex: 1 }} />
            <Text size="sm" className="numbers">
              {formatShare(Math.round(sent * 100) / 100)}
            </Text>
            <Button size="xs" variant="default" onClick={() => aborting.current?.abort(new Error('stopped'))}>
              Stop
            </Button>
          </Group>
        )}
        <Group>
          <Button type="submit" disabled={!request} loading={upload.isPending}>
            Import
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
