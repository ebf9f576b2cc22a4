/** Ground truth of binary events: true or any non-zero number is the positive class. */
export type BinaryLabels = ArrayLike<number | boolean>;
