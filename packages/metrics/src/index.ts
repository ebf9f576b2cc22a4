export { type Distribution, distribution } from './distribution.ts';
export { type DriftReport, driftReport } from './drift-report.ts';
export { emptyColumnProfile, emptyProfile } from './empty-profile.ts';
export { defaultRule, judgedNumber, judgeValue } from './judge-value.ts';
export { mergeProfiles } from './merge-profiles.ts';
export type { MetricDescriptor, ModelContext } from './metric-descriptor.ts';
export { type DefaultMonitor, defaultMonitors } from './monitors/default-monitors.ts';
export {
  type Episode,
  foldEpisodes,
  type JudgedPoint,
  type MonitorOutcome,
  type MonitorPoint,
  type MonitorRule,
} from './monitors/fold-episodes.ts';
export {
  type IncidentPlanStep,
  type KnownIncident,
  planIncidentChanges,
} from './monitors/plan-incident-changes.ts';
export { type ReferenceDay, referenceDays } from './monitors/reference-days.ts';
export { type PerformanceReport, performanceReport } from './performance-report.ts';
export { type QualityReport, qualityReport } from './quality-report.ts';
export { catalogue, findMetric } from './registry.ts';
export { type MetricQuestion, scoreMetric } from './score-metric.ts';
export { floorToWindow, listWindows, maxWindows, nextWindow, type TimeWindow } from './window.ts';
export { type ReceivedHour, withIntake } from './with-intake.ts';
