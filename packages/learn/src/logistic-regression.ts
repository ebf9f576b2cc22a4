import type { FeatureColumn } from './feature-column.ts';
import { sigmoid } from './sigmoid.ts';

export interface LogisticRegressionOptions {
  /** Penalty λ/2·‖w‖² on the weights of standardised columns; default 0.01. */
  l2?: number;
  /** Steps of accelerated gradient descent; default 50. */
  iterations?: number;
}

/** Weights of columns standardised by the training rows, as plain data. */
export interface LogisticRegression {
  intercept: number;
  columns: { name: string; mean: number; deviation: number; weight: number }[];
}

interface Standardised {
  name: string;
  mean: number;
  deviation: number;
  values: Float64Array;
}

/**
 * Logistic regression by Nesterov's accelerated gradient on mean log loss + λ/2·‖w‖², a step at a time; returns the model.
 * For many numeric columns that each tell a little, such as the dimensions of an embedding. What is not finite counts as
 * the column's mean. Throws RangeError on a column that is not numeric or of another length than `target` (0 and 1).
 */
export function* logisticRegressionSteps(
  columns: readonly FeatureColumn[],
  target: Float64Array,
  { l2 = 0.01, iterations = 50 }: LogisticRegressionOptions = {},
): Generator<void, LogisticRegression> {
  const inputs = columns.map((column) => standardise(column, target.length));
  const step = 1 / (0.25 * (1 + largestEigenvalue(inputs, target.length)) + l2);
  let weights = new Float64Array(inputs.length + 1);
  let ahead = weights;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const gradient = lossGradient(inputs, target, ahead, l2);
    const moved = ahead.map((weight, i) => weight - step * (gradient[i] ?? 0));
    const momentum = iteration / (iteration + 3);
    const previous = weights;
    ahead = moved.map((weight, i) => weight + momentum * (weight - (previous[i] ?? 0)));
    weights = moved;
    yield;
  }
  return {
    intercept: weights[inputs.length] ?? 0,
    columns: inputs.map(({ name, mean, deviation }, i) => ({
      name,
      mean,
      deviation,
      weight: weights[i] ?? 0,
    })),
  };
}

/** The probability of target 1 for every row. The columns must be those of the training rows, in their order. */
export function predictLogistic(model: LogisticRegression, columns: readonly FeatureColumn[]): Float64Array {
  if (columns.length !== model.columns.length)
    throw new RangeError(`expected ${model.columns.length} columns, got ${columns.length}`);
  const scores = new Float64Array(columns[0]?.values.length ?? 0).fill(model.intercept);
  model.columns.forEach(({ mean, deviation, weight }, i) => {
    columns[i]?.values.forEach((value, row) => {
      if (Number.isFinite(value)) scores[row] = (scores[row] ?? 0) + (weight * (value - mean)) / deviation;
    });
  });
  return scores.map(sigmoid);
}

function standardise({ name, kind, values }: FeatureColumn, rows: number): Standardised {
  if (kind !== 'numeric' || values.length !== rows)
    throw new RangeError(`expected ${rows} numbers of ${name}, got ${values.length} of kind ${kind}`);
  const present = values.filter(Number.isFinite);
  const mean = present.reduce((sum, value) => sum + value, 0) / Math.max(1, present.length);
  const centred = values.map((value) => (Number.isFinite(value) ? value - mean : 0));
  const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / rows) || 1;
  return { name, mean, deviation, values: centred.map((value) => value / deviation) };
}

/** Of XᵀX/n, by power iteration; a little above it, so that steps stay short enough. */
function largestEigenvalue(inputs: readonly Standardised[], rows: number): number {
  let direction = new Float64Array(inputs.length).fill(1 / Math.sqrt(Math.max(1, inputs.length)));
  let value = 0;
  for (let i = 0; i < 20; i++) {
    const scores = product(inputs, direction, rows);
    const image = Float64Array.from(inputs, ({ values }) => dot(values, scores) / rows);
    value = Math.sqrt(dot(image, image));
    if (value === 0) return 0;
    direction = image.map((entry) => entry / value);
  }
  return 1.1 * value;
}

function lossGradient(
  inputs: readonly Standardised[],
  target: Float64Array,
  weights: Float64Array,
  l2: number,
): Float64Array {
  const rows = target.length;
  const scores = product(inputs, weights, rows);
  const intercept = weights[inputs.length] ?? 0;
  const residuals = scores.map((score, row) => sigmoid(score + intercept) - (target[row] ?? 0));
  const gradient = new Float64Array(inputs.length + 1);
  inputs.forEach(({ values }, i) => {
    gradient[i] = dot(values, residuals) / rows + l2 * (weights[i] ?? 0);
  });
  gradient[inputs.length] = residuals.reduce((sum, residual) => sum + residual, 0) / rows;
  return gradient;
}

function product(inputs: readonly Standardised[], weights: Float64Array, rows: number): Float64Array {
  const scores = new Float64Array(rows);
  inputs.forEach(({ values }, i) => {
    const weight = weights[i] as number;
    for (let row = 0; row < rows; row++)
      scores[row] = (scores[row] as number) + weight * (values[row] as number);
  });
  return scores;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
