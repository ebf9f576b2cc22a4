/**
 * One column of a table of rows. A value that is not finite is missing. Categories stand as whole numbers; which
 * number a category has does not matter to what is learnt.
 */
export interface FeatureColumn {
  name: string;
  kind: 'numeric' | 'categorical';
  values: Float64Array;
}
