/** True the first time and then whenever `intervalMs` have passed since it last was; `now` is epoch ms. */
export function every(intervalMs: number): (now: number) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now - last < intervalMs) return false;
    last = now;
    return true;
  };
}
