/**
 * A binary tree over binned rows; every array has one entry a node, node 0 is the root. A row goes left when its bin
 * of `feature` is ≤ `bin`, or when it is missing there and `missingLeft` is 1. A leaf has feature −1 and adds `value`.
 * `gain` = how much the split lowers the loss (second-order approximation); 0 at leaves.
 */
export interface RegressionTree {
  feature: number[];
  bin: number[];
  missingLeft: number[];
  left: number[];
  right: number[];
  value: number[];
  gain: number[];
}

/** Adds the tree's value of every row to `scores`. `missing` holds each feature's bin of missing values. */
export function addTree(
  tree: RegressionTree,
  binned: readonly Uint8Array[],
  missing: readonly number[],
  scores: Float64Array,
): void {
  for (let row = 0; row < scores.length; row++) {
    let node = 0;
    let feature = tree.feature[0] ?? -1;
    while (feature >= 0) {
      const bin = binned[feature]?.[row] ?? 0;
      const left = bin === missing[feature] ? tree.missingLeft[node] === 1 : bin <= (tree.bin[node] ?? 0);
      node = (left ? tree.left[node] : tree.right[node]) ?? 0;
      feature = tree.feature[node] ?? -1;
    }
    scores[row] = (scores[row] ?? 0) + (tree.value[node] ?? 0);
  }
}
