import { type MetricInfo, metricInfo } from '@plumbline/contracts';
import { attributionNdcgMetric } from './drift/attribution-drift.ts';
import { chiSquareMetric } from './drift/chi-square.ts';
import { driftedShareMetric } from './drift/drifted-share.ts';
import { hellingerMetric } from './drift/hellinger.ts';
import { jsDistanceMetric } from './drift/js-distance.ts';
import { ksMetric } from './drift/ks.ts';
import { lInfinityMetric } from './drift/l-infinity.ts';
import { psiMetric } from './drift/psi.ts';
import { significantColumnsMetric } from './drift/significant-columns.ts';
import { tvdMetric } from './drift/tvd.ts';
import { wassersteinNormedMetric } from './drift/wasserstein-normed.ts';
import { weightedDriftedShareMetric } from './drift/weighted-drifted-share.ts';
import type { MetricDescriptor } from './metric-descriptor.ts';
import { multivariateAucMetric } from './multivariate/multivariate-auc.ts';
import { reconstructionErrorMetric } from './multivariate/reconstruction-error.ts';
import { accuracyMetric } from './performance/accuracy.ts';
import { averagePrecisionMetric } from './performance/average-precision.ts';
import { balancedAccuracyMetric } from './performance/balanced-accuracy.ts';
import { biasMetric } from './performance/bias.ts';
import { brierMetric } from './performance/brier.ts';
import { cohenKappaMetric } from './performance/cohen-kappa.ts';
import { eceMetric } from './performance/ece.ts';
import { explainedVarianceMetric } from './performance/explained-variance.ts';
import { f1Metric } from './performance/f1.ts';
import { falseNegativeRateMetric } from './performance/false-negative-rate.ts';
import { falsePositiveRateMetric } from './performance/false-positive-rate.ts';
import { hitRateMetric } from './performance/hit-rate.ts';
import { ksScoreMetric } from './performance/ks-score.ts';
import { labelCoverageMetric } from './performance/label-coverage.ts';
import { logLossMetric } from './performance/log-loss.ts';
import { maeMetric } from './performance/mae.ts';
import { mapMetric } from './performance/map.ts';
import { mapeMetric } from './performance/mape.ts';
import { maxErrorMetric } from './performance/max-error.ts';
import { mccMetric } from './performance/mcc.ts';
import { medianAbsoluteErrorMetric } from './performance/median-absolute-error.ts';
import { mrrMetric } from './performance/mrr.ts';
import { ndcgMetric } from './performance/ndcg.ts';
import { negativePredictiveValueMetric } from './performance/negative-predictive-value.ts';
import { p90AbsoluteErrorMetric } from './performance/p90-absolute-error.ts';
import { precisionMetric } from './performance/precision.ts';
import { precisionAtKMetric } from './performance/precision-at-k.ts';
import { r2Metric } from './performance/r2.ts';
import { recallMetric } from './performance/recall.ts';
import { recallAtKMetric } from './performance/recall-at-k.ts';
import { rmseMetric } from './performance/rmse.ts';
import { rmsleMetric } from './performance/rmsle.ts';
import { rocAucMetric } from './performance/roc-auc.ts';
import { rocAucOvoMetric } from './performance/roc-auc-ovo.ts';
import { smapeMetric } from './performance/smape.ts';
import { specificityMetric } from './performance/specificity.ts';
import { topDecileLiftMetric } from './performance/top-decile-lift.ts';
import { topDecilePrecisionMetric } from './performance/top-decile-precision.ts';
import { top2AccuracyMetric, top5AccuracyMetric } from './performance/top-k-accuracy.ts';
import { wapeMetric } from './performance/wape.ts';
import { weightedF1Metric } from './performance/weighted-f1.ts';
import { weightedKappaMetric } from './performance/weighted-kappa.ts';
import { weightedPrecisionMetric } from './performance/weighted-precision.ts';
import { weightedRocAucMetric } from './performance/weighted-roc-auc.ts';
import { youdenJMetric } from './performance/youden-j.ts';
import { brokenExpectationsMetric } from './quality/broken-expectations.ts';
import { distinctValuesMetric } from './quality/distinct-values.ts';
import { freshnessMetric } from './quality/freshness-seconds.ts';
import { labelDelayMetric } from './quality/label-delay-p95.ts';
import { missingRateMetric } from './quality/missing-rate.ts';
import { mostCommonShareMetric } from './quality/most-common-share.ts';
import { outOfRangeRateMetric } from './quality/out-of-range-rate.ts';
import { rejectedShareMetric } from './quality/rejected-share.ts';
import { typeViolationRateMetric } from './quality/type-violation-rate.ts';
import { unseenRateMetric } from './quality/unseen-rate.ts';
import { volumeMetric } from './volume/volume.ts';

/** Every metric there is, in the order answers list them. A metric exists by being named here. */
export const metrics: readonly MetricDescriptor[] = [
  wassersteinNormedMetric,
  ksMetric,
  jsDistanceMetric,
  psiMetric,
  hellingerMetric,
  tvdMetric,
  lInfinityMetric,
  chiSquareMetric,
  driftedShareMetric,
  weightedDriftedShareMetric,
  significantColumnsMetric,
  attributionNdcgMetric,
  multivariateAucMetric,
  reconstructionErrorMetric,
  missingRateMetric,
  unseenRateMetric,
  outOfRangeRateMetric,
  mostCommonShareMetric,
  distinctValuesMetric,
  rejectedShareMetric,
  typeViolationRateMetric,
  brokenExpectationsMetric,
  freshnessMetric,
  labelDelayMetric,
  volumeMetric,
  accuracyMetric,
  top2AccuracyMetric,
  top5AccuracyMetric,
  precisionMetric,
  recallMetric,
  f1Metric,
  specificityMetric,
  falsePositiveRateMetric,
  falseNegativeRateMetric,
  negativePredictiveValueMetric,
  balancedAccuracyMetric,
  youdenJMetric,
  mccMetric,
  cohenKappaMetric,
  weightedKappaMetric,
  weightedPrecisionMetric,
  weightedF1Metric,
  rocAucMetric,
  weightedRocAucMetric,
  rocAucOvoMetric,
  averagePrecisionMetric,
  ksScoreMetric,
  topDecilePrecisionMetric,
  topDecileLiftMetric,
  logLossMetric,
  brierMetric,
  eceMetric,
  maeMetric,
  rmseMetric,
  medianAbsoluteErrorMetric,
  p90AbsoluteErrorMetric,
  maxErrorMetric,
  biasMetric,
  r2Metric,
  explainedVarianceMetric,
  mapeMetric,
  wapeMetric,
  smapeMetric,
  rmsleMetric,
  ndcgMetric,
  mapMetric,
  mrrMetric,
  hitRateMetric,
  precisionAtKMetric,
  recallAtKMetric,
  labelCoverageMetric,
];

const byId = new Map(metrics.map((descriptor) => [descriptor.metric, descriptor]));

export function findMetric(metric: string): MetricDescriptor | undefined {
  return byId.get(metric);
}

/** The entries of `GET /v1/metrics`. */
export function catalogue(): MetricInfo[] {
  return metrics.map((descriptor) => metricInfo.parse(descriptor));
}
