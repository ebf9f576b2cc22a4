import { expect, it } from 'vitest';
import { prepareCalibration } from './prepare-calibration.ts';
import { prepareCurve } from './prepare-curve.ts';

it('thins a long curve and keeps both ends', () => {
  const points = Array.from({ length: 1001 }, (_, i) => ({ x: i / 1000, y: i / 1000 }));
  const curve = prepareCurve(points, 200);
  expect(curve).toHaveLength(200);
  expect(curve[0]).toEqual({ x: 0, y: 0 });
  expect(curve.at(-1)).toEqual({ x: 1, y: 1 });
});

it('leaves a short curve as it is', () => {
  expect(prepareCurve([{ x: 0, y: 1 }])).toEqual([{ x: 0, y: 1 }]);
});

it('calibration leaves empty bins out and goes by score', () => {
  const bin = (mean_score: number, n: number) => ({
    mean_score,
    positive_rate: 0.5,
    lower: null,
    upper: 0.6,
    n,
  });
  expect(prepareCalibration([bin(0.9, 3), bin(0.5, 0), bin(0.1, 2)])).toEqual([
    { score: 0.1, rate: 0.5, interval: null, n: 2 },
    { score: 0.9, rate: 0.5, interval: null, n: 3 },
  ]);
});
