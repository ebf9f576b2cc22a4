import { describe, expect, it } from 'vitest';
import { mainMetric } from './main-metric.ts';

describe('mainMetric', () => {
  it('takes the first preferred metric that has a value', () => {
    const metrics = [
      { metric: 'accuracy', value: 0.9 },
      { metric: 'roc_auc', value: null },
    ];
    expect(mainMetric('binary_classification', metrics)?.metric).toBe('accuracy');
  });
  it('still names one while nothing has a value', () => {
    expect(mainMetric('regression', [{ metric: 'rmse', value: null }])?.metric).toBe('rmse');
  });
  it('is undefined without metrics', () => {
    expect(mainMetric('ranking', [])).toBeUndefined();
  });
});
