/** Vectors of one embedding drawn from a window or a reference, in the order of their times. */
export interface VectorSample {
  /** Prediction time, epoch ms. */
  times: Float64Array;
  vectors: ArrayLike<number>[];
}
