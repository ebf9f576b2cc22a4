export { type Distribution, distribution } from './distribution.ts';
export { judgeColumns } from './drift/judge-columns.ts';
export { type DriftReport, driftReport } from './drift-report.ts';
export { emptyColumnProfile, emptyProfile } from './empty-profile.ts';
export { apartFromReference } from './estimation/apart-from-reference.ts';
export { type EstimateReport, estimateReport, withoutEstimates } from './estimation/estimate-report.ts';
export { estimateWindows, estimationInfo, isEstimated } from './estimation/estimate-windows.ts';
export type { EstimatedWindow, NoEstimator, PerformanceEstimator } from './estimation/estimator.ts';
export { expectedLosses, mergeLosses, predictionColumn } from './estimation/expected-losses.ts';
export { fitLossEstimator } from './estimation/fit-loss-estimator.ts';
export {
  isLossEstimator,
  type LossEstimator,
  lossEstimatorFormat,
  type StoredLossEstimator,
} from './estimation/loss-estimator.ts';
export { performanceEstimator } from './estimation/performance-estimator.ts';
export {
  type ExpectationEvidence,
  judgeExpectations,
} from './expectations/judge-expectations.ts';
export { proposeExpectations } from './expectations/propose-expectations.ts';
export { besideDisparities } from './fairness/beside-disparities.ts';
export { type FairnessQuestion, fairnessReport } from './fairness/fairness-report.ts';
export { breachedLimit, judgedNumber } from './judge-value.ts';
export { type DriftLibrary, libraryColumn, libraryReport } from './libraries/library-report.ts';
export { mergeProfiles } from './merge-profiles.ts';
export type { MetricDescriptor, ModelContext } from './metric-descriptor.ts';
export { metricNeeds } from './metric-needs.ts';
export { type DefaultMonitor, defaultMonitors } from './monitors/default-monitors.ts';
export {
  type Episode,
  type JudgedPoint,
  judgePoint,
  type MonitorOutcome,
  type MonitorPoint,
} from './monitors/fold-episodes.ts';
export {
  holdBack,
  type JudgedMonitor,
  judgeWindows,
} from './monitors/judge-windows.ts';
export {
  type IncidentPlanStep,
  type KnownIncident,
  planIncidentChanges,
} from './monitors/plan-incident-changes.ts';
export { type ReferenceDay, referenceDays } from './monitors/reference-days.ts';
export { domainClassifier } from './multivariate/domain-classifier.ts';
export { embeddingDrift } from './multivariate/embedding-drift.ts';
export { encodeSamples } from './multivariate/encode-samples.ts';
export { reconstructionDrift } from './multivariate/reconstruction-drift.ts';
export type { RowSample } from './multivariate/row-sample.ts';
export { scoreCompared } from './multivariate/score-compared.ts';
export { textDrift } from './multivariate/text-drift.ts';
export type { VectorSample } from './multivariate/vector-sample.ts';
export { isProvisional, labelHabit } from './performance/label-habit.ts';
export { labelledWindows, waitingWindows } from './performance/waiting-windows.ts';
export { type PerformanceReport, performanceReport } from './performance-report.ts';
export { arrivalReport } from './quality/arrival-report.ts';
export {
  correlationChanges,
  significance as correlationSignificance,
  smallestChange as smallestCorrelationChange,
} from './quality/correlation-changes.ts';
export { importantColumns } from './quality/important-columns.ts';
export { repeatsReport } from './quality/repeats-report.ts';
export { type QualityReport, qualityReport } from './quality-report.ts';
export { catalogue, findMetric } from './registry.ts';
export { changeRule, defaultChangeMetric } from './root-cause/change-rule.ts';
export { dimensionOf, valuesDimension, wholeDimension } from './root-cause/dimensions.ts';
export { explainChange } from './root-cause/explain-change.ts';
export { sliceLosses } from './root-cause/slice-loss.ts';
export {
  defaultLeastRows,
  judgeSlices,
  type SplitRows,
  searchedRows,
  searchSlices,
} from './root-cause/worst-slices.ts';
export { type MetricQuestion, scoreMetric } from './score-metric.ts';
export {
  scoreWindows,
  type WindowProfile,
  type WindowScore,
  windowProfiles,
  windowTests,
} from './score-windows.ts';
export { type OpinionSides, secondOpinions } from './second-opinions/second-opinions.ts';
export type { ReferenceHabit } from './thresholds/reference-habit.ts';
export { createReferenceHabits, type ReferenceHabits } from './thresholds/reference-habits.ts';
export { historyMs, readsReference } from './thresholds/window-limits.ts';
export {
  floorToWindow,
  listWindows,
  maxWindows,
  nextWindow,
  startOfMonth,
  type TimeWindow,
  windowLength,
} from './window.ts';
export { withAges } from './with-ages.ts';
export { type ReceivedHour, withIntake } from './with-intake.ts';
