const steps = [1, 2, 2.5, 5, 10];

/** About `count` round numbers that span [low, high]; a flat range gets room around it. */
export function niceTicks(low: number, high: number, count = 5): number[] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const room = high - low > size * 1e-9 ? 0 : size > 1e-9 ? size * 0.1 : 0.1;
  const [from, to] = [low - room, high + room];
  const rough = (to - from) / (count - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (steps.find((s) => s * power >= rough * 0.999) ?? 10);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
