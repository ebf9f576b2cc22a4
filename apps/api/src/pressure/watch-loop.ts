import { monitorEventLoopDelay } from 'node:perf_hooks';

const windowMs = 1000;

/** Mean delay of the event loop over the last full second, in ms. */
export function watchLoop(): { delayMs(): number; close(): void } {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  let delayMs = 0;
  const timer = setInterval(() => {
    delayMs = histogram.count === 0 ? 0 : histogram.mean / 1e6;
    histogram.reset();
  }, windowMs);
  timer.unref();
  return {
    delayMs: () => delayMs,
    close() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
