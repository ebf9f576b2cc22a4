import { findSplit, type NodeTotals, type Split, type SplitLimits } from './find-split.ts';
import { buildHistogram, type Histogram, subtractHistogram } from './histogram.ts';
import type { RegressionTree } from './regression-tree.ts';

export interface TreeLimits extends SplitLimits {
  leaves: number;
  /** Multiplies every leaf's value. */
  learningRate: number;
}

export interface TrainingRows {
  binned: readonly Uint8Array[];
  /** Each feature's bin of missing values. */
  missing: readonly number[];
  /** First and second derivative of the loss by each row's score. */
  gradients: Float64Array;
  hessians: Float64Array;
}

interface Leaf {
  node: number;
  rows: Uint32Array;
  totals: NodeTotals;
  histogram: Histogram;
  split: Split | undefined;
}

/** Grows a tree leaf by leaf, always splitting the one that gains most, and adds its values to `scores`. */
export function growTree(data: TrainingRows, limits: TreeLimits, scores: Float64Array): RegressionTree {
  const tree: RegressionTree = {
    feature: [],
    bin: [],
    missingLeft: [],
    left: [],
    right: [],
    value: [],
    gain: [],
  };
  const addLeaf = (rows: Uint32Array, histogram: Histogram): Leaf => {
    const totals = totalsOf(data, rows);
    const node = tree.feature.push(-1) - 1;
    tree.value.push((-limits.learningRate * totals.gradient) / (totals.hessian + limits.l2));
    for (const column of [tree.bin, tree.missingLeft, tree.left, tree.right, tree.gain]) column.push(0);
    return { node, rows, totals, histogram, split: findSplit(histogram, data.missing, totals, limits) };
  };
  const all = Uint32Array.from({ length: scores.length }, (_, row) => row);
  const leaves = [addLeaf(all, histogramOf(data, all))];
  while (leaves.length < limits.leaves) {
    const next = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (!next.split) break;
    const [left, right] = partition(data, next.rows, next.split);
    const smaller = histogramOf(data, left.length < right.length ? left : right);
    const larger = subtractHistogram(next.histogram, smaller);
    const { node, split } = next;
    const children = [
      addLeaf(left, left.length < right.length ? smaller : larger),
      addLeaf(right, left.length < right.length ? larger : smaller),
    ] as const;
    tree.feature[node] = split.feature;
    tree.bin[node] = split.bin;
    tree.missingLeft[node] = split.missingLeft ? 1 : 0;
    tree.gain[node] = split.gain;
    tree.value[node] = 0;
    tree.left[node] = children[0].node;
    tree.right[node] = children[1].node;
    leaves.splice(leaves.indexOf(next), 1, ...children);
  }
  for (const { node, rows } of leaves) {
    const value = tree.value[node] ?? 0;
    for (const row of rows) scores[row] = (scores[row] ?? 0) + value;
  }
  return tree;
}

const histogramOf = ({ binned, gradients, hessians }: TrainingRows, rows: Uint32Array) =>
  buildHistogram(binned, rows, gradients, hessians);

function totalsOf({ gradients, hessians }: TrainingRows, rows: Uint32Array): NodeTotals {
  let gradient = 0;
  let hessian = 0;
  for (const row of rows) {
    gradient += gradients[row] ?? 0;
    hessian += hessians[row] ?? 0;
  }
  return { gradient, hessian, rows: rows.length };
}

function partition({ binned, missing }: TrainingRows, rows: Uint32Array, split: Split) {
  const bins = binned[split.feature] ?? new Uint8Array();
  const missingBin = missing[split.feature];
  const sorted = new Uint32Array(rows.length);
  let lefts = 0;
  let rights = 0;
  for (const row of rows) {
    const bin = bins[row] ?? 0;
    const left = bin === missingBin ? split.missingLeft : bin <= split.bin;
    if (left) sorted[lefts++] = row;
    else sorted[rows.length - ++rights] = row;
  }
  return [sorted.slice(0, lefts), sorted.slice(lefts).reverse()] as const;
}
