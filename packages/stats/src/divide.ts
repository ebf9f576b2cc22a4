/** numerator / denominator, or `undefined` for 0/0 and any other result that is not finite. */
export function divide(numerator: number, denominator: number): number | undefined {
  const ratio = numerator / denominator;
  return Number.isFinite(ratio) ? ratio : undefined;
}
