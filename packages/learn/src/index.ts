export type { FeatureColumn } from './feature-column.ts';
export { featureGains } from './feature-gains.ts';
export { fitGradientBoosting } from './fit-gradient-boosting.ts';
export type { BoostingOptions, GradientBoosting, Loss } from './gradient-boosting.ts';
export { predict } from './predict.ts';
