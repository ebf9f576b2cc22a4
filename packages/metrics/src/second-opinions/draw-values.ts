/** `most` of the values without replacement, all of them when there are no more. `random` gives numbers in [0, 1). */
export function drawValues(values: Float64Array, most: number, random: () => number): Float64Array {
  if (values.length <= most) return values;
  const drawn = values.slice();
  for (let i = 0; i < most; i++) {
    const from = i + Math.floor(random() * (drawn.length - i));
    const value = drawn[i] ?? 0;
    drawn[i] = drawn[from] ?? 0;
    drawn[from] = value;
  }
  return drawn.slice(0, most);
}
