import type { Flight } from './flights.ts';

type Value = string | number | boolean;

/** Distances between two samples, by their textbook formulas over the values themselves. */
export function distances(reference: readonly Value[], current: readonly Value[]) {
  const values = [...new Set([...reference, ...current])].sort((a, b) => (a < b ? -1 : 1));
  const count = (sample: readonly Value[], value: Value) => sample.filter((other) => other === value).length;
  const cells = values.map((value) => {
    const r = count(reference, value);
    const c = count(current, value);
    return { value, r, c, p: r / reference.length, q: c / current.length };
  });
  const sum = (term: (cell: (typeof cells)[number]) => number) =>
    cells.reduce((total, cell) => total + term(cell), 0);
  const kl = (a: number, m: number) => (a === 0 ? 0 : a * Math.log2(a / m));
  const all = reference.length + current.length;
  const chi = ({ r, c }: { r: number; c: number }) => {
    const expectedR = ((r + c) * reference.length) / all;
    const expectedC = ((r + c) * current.length) / all;
    return (r - expectedR) ** 2 / expectedR + (c - expectedC) ** 2 / expectedC;
  };
  return {
    psi: sum(({ p, q }) => (p === 0 || q === 0 ? Number.NaN : (p - q) * Math.log(p / q))),
    js_distance: Math.sqrt(sum(({ p, q }) => kl(p, (p + q) / 2) / 2 + kl(q, (p + q) / 2) / 2)),
    hellinger: Math.sqrt(sum(({ p, q }) => (Math.sqrt(p) - Math.sqrt(q)) ** 2) / 2),
    tvd: sum(({ p, q }) => Math.abs(p - q)) / 2,
    l_infinity: Math.max(...cells.map(({ p, q }) => Math.abs(p - q))),
    chi_square: sum(chi),
    ...numericDistances(cells.map(({ value, p, q }) => ({ value: Number(value), p, q }))),
  };
}

function numericDistances(cells: { value: number; p: number; q: number }[]) {
  const mean = cells.reduce((total, { value, p }) => total + value * p, 0);
  const variance = cells.reduce((total, { value, p }) => total + (value - mean) ** 2 * p, 0);
  let gap = 0;
  let ks = 0;
  let area = 0;
  for (const [i, { value, p, q }] of cells.entries()) {
    gap += p - q;
    ks = Math.max(ks, Math.abs(gap));
    area += Math.abs(gap) * ((cells[i + 1]?.value ?? value) - value);
  }
  return { ks, wasserstein_normed: area / Math.sqrt(variance) };
}

/** Performance of the labelled flights, counted one by one; `late` is the positive label. */
export function performanceOf(flights: readonly Flight[]) {
  const labelled = flights.filter(({ actual }) => actual !== null);
  const n = labelled.length;
  const count = (actual: string, label: string) =>
    labelled.filter((flight) => flight.actual === actual && flight.label === label).length;
  const tp = count('late', 'late');
  const fp = count('on_time', 'late');
  const fn = count('late', 'on_time');
  const tn = count('on_time', 'on_time');
  const mean = (term: (flight: Flight) => number) =>
    labelled.reduce((total, flight) => total + term(flight), 0) / n;
  const truth = ({ actual }: Flight) => (actual === 'late' ? 1 : 0);
  const positives = labelled.filter((flight) => truth(flight) === 1);
  const negatives = labelled.filter((flight) => truth(flight) === 0);
  let wins = 0;
  for (const a of positives) {
    for (const b of negatives) wins += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
  }
  return {
    n,
    coverage: n / flights.length,
    matrix: { tp, fp, fn, tn },
    exact: {
      accuracy: (tp + tn) / n,
      precision: tp / (tp + fp),
      recall: tp / (tp + fn),
      f1: (2 * tp) / (2 * tp + fp + fn),
      brier: mean((flight) => (flight.score - truth(flight)) ** 2),
      log_loss: mean((flight) => -Math.log(truth(flight) ? flight.score : 1 - flight.score)),
    },
    rocAuc: wins / (positives.length * negatives.length),
  };
}
