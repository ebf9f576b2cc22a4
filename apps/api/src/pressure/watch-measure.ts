/**
 * Keeps the result of a measurement fresh: measures now and then `everyMs` after each measurement ended, whether or not
 * it succeeded. While one fails, the last result stands.
 */
export function watchMeasure<T>(
  first: T,
  measure: (last: T) => Promise<T>,
  everyMs: number,
): { value(): T; close(): void } {
  let value = first;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const run = async (): Promise<void> => {
    value = await measure(value).catch(() => value);
    if (closed) return;
    timer = setTimeout(() => void run(), everyMs);
    timer.unref();
  };
  void run();
  return {
    value: () => value,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
