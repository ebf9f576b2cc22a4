/** Non-negative finite counts (or weights, or probabilities), one per bin, in bin order. */
export type Counts = ArrayLike<number>;
