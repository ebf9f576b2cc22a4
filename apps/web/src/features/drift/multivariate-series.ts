import type { MultivariateAnswer, MultivariateWindow, TimeseriesAnswer } from '@plumbline/contracts';

const dayMs = 86_400_000;
const lengths = { day: dayMs, week: 7 * dayMs };
const z95 = 1.959963984540054;

function pointOf({ window, result }: MultivariateWindow, method: 'classifier' | 'reconstruction') {
  if (!result) return [];
  const measure = result[method];
  const error = method === 'reconstruction' ? result.reconstruction.standard_error : null;
  const hasInterval = measure.value !== null && error !== null;
  return [
    {
      window_start: window.from,
      value: measure.value,
      lower: hasInterval ? (measure.value ?? 0) - z95 * error : null,
      upper: hasInterval ? (measure.value ?? 0) + z95 * error : null,
      n: measure.n,
      status: measure.status,
      threshold: measure.threshold,
      threshold_lower: measure.threshold_lower,
    },
  ];
}

/** The compared weeks, or days, as a series in order of time; windows of other lengths have a noise of their own and stay out. */
export function multivariateSeries(
  { windows }: MultivariateAnswer,
  method: 'classifier' | 'reconstruction',
  granularity: 'day' | 'week',
): TimeseriesAnswer {
  const alike = windows
    .filter(({ window }) => Date.parse(window.to) - Date.parse(window.from) === lengths[granularity])
    .reverse();
  return {
    metric: method,
    column: null,
    granularity,
    estimation: null,
    window: { from: alike[0]?.window.from ?? '', to: alike.at(-1)?.window.to ?? '' },
    points: alike.flatMap((window) => pointOf(window, method)),
  };
}
