/** Bins a feature takes in a {@link Histogram}; the last ones may stay empty. */
export const histogramStride = 256;

/** Per feature and bin (index feature·256 + bin): sums of gradients and of second derivatives, number of rows. */
export interface Histogram {
  gradient: Float64Array;
  hessian: Float64Array;
  rows: Int32Array;
}

/** Histograms of every feature over the given rows. */
export function buildHistogram(
  binned: readonly Uint8Array[],
  rows: Uint32Array,
  gradients: Float64Array,
  hessians: Float64Array,
): Histogram {
  const size = binned.length * histogramStride;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size);
  const count = new Int32Array(size);
  binned.forEach((bins, feature) => {
    const offset = feature * histogramStride;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const slot = offset + (bins[row] as number);
      gradient[slot] = (gradient[slot] as number) + (gradients[row] as number);
      hessian[slot] = (hessian[slot] as number) + (hessians[row] as number);
      count[slot] = (count[slot] as number) + 1;
    }
  });
  return { gradient, hessian, rows: count };
}

/** Takes one child's histogram away from its parent's, in place: what is left is the other child's. */
export function subtractHistogram(parent: Histogram, child: Histogram): Histogram {
  for (let i = 0; i < parent.rows.length; i++) {
    parent.gradient[i] = (parent.gradient[i] as number) - (child.gradient[i] as number);
    parent.hessian[i] = (parent.hessian[i] as number) - (child.hessian[i] as number);
    parent.rows[i] = (parent.rows[i] as number) - (child.rows[i] as number);
  }
  return parent;
}
