import { readFileSync } from 'node:fs';
import type { RowSample } from './row-sample.ts';

interface Window {
  title: string;
  columns: Record<string, (number | string | null)[]>;
  reconstruction: number;
  classifier: number;
}

const fixture = new URL('../../fixtures/multivariate.fixture.json', import.meta.url);
const content: { reference: Window['columns']; windows: Window[] } = JSON.parse(
  readFileSync(fixture, 'utf8'),
);

function sampleOf(columns: Window['columns']): RowSample {
  const rows = columns.a?.length ?? 0;
  return {
    rows,
    times: Float64Array.from({ length: rows }, (_, row) => row),
    columns: Object.entries(columns).map(([name, values]) => ({
      name,
      values:
        name === 'e'
          ? values.map((value) => (value === null ? null : String(value)))
          : Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
    })),
  };
}

/** The rows that NannyML's calculators were asked about, and what they answered. */
export const referenceSample = sampleOf(content.reference);
export const windowSamples = content.windows.map((window) => ({
  ...window,
  sample: sampleOf(window.columns),
}));
