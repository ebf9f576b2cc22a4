import { binaryEstimator } from '../estimation/binary-estimator.ts';
import {
  estimatorOf,
  learnt,
  rowsOf,
  type TripColumns,
  windowOf,
} from '../estimation/estimate-losses-fixture.ts';
import { estimatePerformance } from '../estimation/estimate-performance.ts';
import { profileHistogram, type ScoredHistogram } from '../estimation/histogram-fixture.ts';
import { uncalibrated } from '../estimation/score-calibrator.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

interface Chunk<Rows> {
  rows: Rows;
  estimated: Record<string, number>;
}

interface ScoreCase {
  title: string;
  reference: ScoredHistogram;
  needs_calibration: boolean;
  chunks: Chunk<ScoredHistogram>[];
}

interface LossCase {
  title: string;
  categorical: string[];
  reference: TripColumns;
  chunks: Chunk<TripColumns>[];
}

/** Large values are shown in thousands, so that the bound beside a difference is one of the same size. */
const thousand = 1000;
const noColumns = { columns: [] };

/** Estimates without labels on the same rows. */
export function estimationMethods(): Compared[] {
  return [...byScores(), ...byLosses()];
}

function byScores(): Compared[] {
  const path = 'metrics/fixtures/estimation.fixture.json';
  const { versions, binary } = readJson<{ versions: Versions; binary: ScoreCase[] }>(path);
  const library = `nannyml ${versions.nannyml}`;
  return binary.flatMap(({ title, reference, needs_calibration, chunks }) => {
    const given = needs_calibration ? undefined : uncalibrated;
    const estimator = binaryEstimator(profileHistogram(reference).performance, 'yes', given);
    if (!('expect' in estimator)) throw new Error(estimator.reason);
    return chunks.slice(0, 1).flatMap(({ rows, estimated }) => {
      const { metrics } = estimatePerformance(estimator, noColumns, profileHistogram(rows));
      return Object.entries(estimated).map(([metric, theirs]) => {
        const tolerance = metric === 'average_precision' ? 4e-3 : 1e-3;
        return compared(`CBPE ${metric}`, title, metrics.get(metric)?.value, theirs, library, tolerance);
      });
    });
  });
}

function byLosses(): Compared[] {
  const path = 'metrics/fixtures/loss-estimation.fixture.json';
  const { versions, cases } = readJson<{ versions: Versions; cases: LossCase[] }>(path);
  return cases.flatMap(({ title, categorical, reference, chunks }) => {
    const stored = learnt(rowsOf(reference, categorical));
    const estimator = estimatorOf(stored);
    return chunks.flatMap(({ rows, estimated }, chunk) => {
      const window = windowOf(stored, rowsOf(rows, categorical));
      const { metrics } = estimatePerformance(estimator, noColumns, window);
      return Object.entries(estimated).map(([metric, theirs]) => {
        const unit = theirs > 100 ? thousand : 1;
        const data = `${title}, chunk ${chunk + 1}${unit === thousand ? ', in thousands' : ''}`;
        const tolerance = 0.02 * Math.min(1, theirs / unit);
        const library = `nannyml ${versions.nannyml}`;
        const ours = (metrics.get(metric)?.value ?? Number.NaN) / unit;
        return compared(`DLE ${metric}`, data, ours, theirs / unit, library, tolerance);
      });
    });
  });
}
