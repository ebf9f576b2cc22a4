import { readFileSync } from 'node:fs';

export const featureNames = [
  'distance',
  'origin',
  'destination',
  'hour',
  'weekday',
  'origin_departures_1h',
  'origin_late_share_1h',
] as const;
export type FeatureName = (typeof featureNames)[number];

/** What is known of a flight when it leaves the gate; `null` where the hour before brought no result. */
export interface FlightFeatures {
  distance: number;
  origin: string;
  destination: string;
  hour: number;
  weekday: string;
  origin_departures_1h: number;
  origin_late_share_1h: number | null;
}

export interface Split {
  /** Index into `features`. */
  feature: number;
  /** Numeric split: values up to and including it go left. */
  threshold?: number;
  /** Numeric split: where a missing value goes. */
  missing?: 'left' | 'right';
  /** Categorical split: codes that go left; all others, the unseen and the missing go right. */
  categories?: number[];
  left: TreeNode;
  right: TreeNode;
}

/** A split, or a leaf's share of the log-odds. */
export type TreeNode = Split | number;

interface Measurement {
  n: number;
  late_share: number;
  mean_score: number;
  roc_auc: number;
}

/** `model.json` as train.py writes it. */
export interface FlightModel {
  name: string;
  version: string;
  positive_label: string;
  negative_label: string;
  decision_threshold: number;
  trained_on: { from: string; to: string; n: number };
  metrics: Record<string, Measurement>;
  features: { name: FeatureName; kind: 'numeric' | 'categorical'; categories?: string[] }[];
  background: FlightFeatures[];
  trees: TreeNode[];
}

/** Reads the trained model that is committed beside this package. */
export function loadFlightModel(): FlightModel {
  return JSON.parse(readFileSync(new URL('../model.json', import.meta.url), 'utf8')) as FlightModel;
}

/** The row as the trees read it: categories as their code, missing and unseen values as NaN. */
export type RowEncoder = (features: FlightFeatures) => Float64Array;

/** Builds the encoder of a model; its code tables are made once. */
export function rowEncoder(model: FlightModel): RowEncoder {
  const columns = model.features.map(({ name, categories }) => ({
    name,
    codes: categories ? new Map(categories.map((category, code) => [category, code])) : undefined,
  }));
  return (features) =>
    Float64Array.from(columns, ({ name, codes }) => {
      const value = features[name];
      if (typeof value === 'string') return codes?.get(value) ?? Number.NaN;
      return value ?? Number.NaN;
    });
}

/** Which way a value takes at a split. */
export function goesLeft(split: Split, value: number): boolean {
  if (split.categories) return split.categories.includes(value);
  if (Number.isNaN(value)) return split.missing === 'left';
  return value <= (split.threshold ?? Number.NaN);
}

/** The log-odds of an encoded row. */
export function scoreMargin(model: FlightModel, row: Float64Array): number {
  let margin = 0;
  for (const tree of model.trees) {
    let node = tree;
    while (typeof node !== 'number')
      node = goesLeft(node, row[node.feature] ?? Number.NaN) ? node.left : node.right;
    margin += node;
  }
  return margin;
}

/** Log-odds to probability. */
export function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
