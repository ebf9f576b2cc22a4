import { keptPlaces } from '@plumbline/contracts';

/** The place of the actual label among the labels by probability, from 1; of equal ones it is the last. NULL when it is not among them. */
export const classPlaceSql = `CASE WHEN cardinality(prediction_scores) > 0
  THEN len(list_filter(map_values(prediction_scores), lambda p: p >= prediction_scores[actual_label])) END`;

/** Labelled events whose actual label has one of the kept places. */
export const placeCounts = {
  where: `log_loss IS NOT NULL AND class_place BETWEEN 1 AND ${keptPlaces}`,
  numbers: ['class_place', 'count(*)'],
};

export const noPlaces = (): number[] => new Array<number>(keptPlaces).fill(0);
