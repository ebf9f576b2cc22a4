export { createRandom } from './create-random.ts';
export type { FeatureColumn } from './feature-column.ts';
export { featureGains } from './feature-gains.ts';
export { fitGradientBoosting, gradientBoostingSteps } from './fit-gradient-boosting.ts';
export type { BoostingOptions, GradientBoosting, Loss } from './gradient-boosting.ts';
export {
  type LogisticRegression,
  logisticRegressionSteps,
  predictLogistic,
} from './logistic-regression.ts';
export { pickRows } from './pick-rows.ts';
export { predict } from './predict.ts';
export {
  fitPrincipalComponents,
  type PrincipalComponents,
  reconstructionErrors,
} from './principal-components.ts';
export { stratifiedFolds } from './stratified-folds.ts';
