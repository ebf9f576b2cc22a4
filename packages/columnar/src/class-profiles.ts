import { type ClassesProfile, classBins, maxProfiledClasses } from '@plumbline/contracts';
import { clampSql } from './sql-text.ts';

/** The events of `ClassesProfile`, and one row for each class of each of them. */
const where = `prediction_label IS NOT NULL AND cardinality(prediction_scores) BETWEEN 1 AND ${maxProfiledClasses}`;
const total = 'list_sum(map_values(prediction_scores))';
const share = `CASE WHEN ${total} > 0 THEN entry.value / ${total} ELSE 1e0 / cardinality(prediction_scores) END`;
export const classRows = {
  where,
  from: `(SELECT slot, model_version, environment, entry.key AS class, ${share} AS share,
      ${clampSql(`floor((${share}) * ${classBins})`, '0', String(classBins - 1))} AS bin,
      prediction_label = entry.key AS is_predicted, labelled, actual_label,
      coalesce(actual_label = entry.key, false) AS is_actual
    FROM (SELECT *, unnest(map_entries(prediction_scores)) AS entry FROM selected WHERE ${where}))`,
};

/** Numbers of one bin of one class, as {@link addClassBin} reads them. */
export const classNumbers = [
  'bin',
  'count(*)',
  'fsum(share)',
  'count_if(is_predicted)',
  'count_if(labelled)',
  'count_if(labelled AND is_actual)',
  'coalesce(fsum(share) FILTER (WHERE labelled), 0)',
];

/** Adds a bin to its class; bins come in ascending order. */
export function addClassBin(
  { classes }: ClassesProfile,
  label: string,
  number: (position: number) => number,
): void {
  let profile = classes.find((known) => known.label === label);
  if (!profile) {
    profile = {
      label,
      bins: [],
      counts: [],
      scoreSums: [],
      positives: [],
      labelled: [],
      actuals: [],
      labelledScoreSums: [],
      rivals: [],
    };
    classes.push(profile);
  }
  profile.bins.push(number(0));
  profile.counts.push(number(1));
  profile.scoreSums.push(number(2));
  profile.positives.push(number(3));
  profile.labelled.push(number(4));
  profile.actuals.push(number(5));
  profile.labelledScoreSums.push(number(6));
}

/** Labelled events of other classes by the probability of a class, grouped by (class, actual_label, bin). */
export const rivalRows = { numbers: ['bin', 'count(*)'], where: 'labelled AND NOT is_actual' };

/** Adds a bin of a rival to its class, which is there already; bins come in ascending order. */
export function addRivalBin(
  { classes }: ClassesProfile,
  { label, rival: rivalLabel, bin, count }: { label: string; rival: string; bin: number; count: number },
): void {
  const rivals = classes.find((known) => known.label === label)?.rivals;
  let rival = rivals?.find((known) => known.label === rivalLabel);
  if (!rival) {
    rival = { label: rivalLabel, bins: [], counts: [] };
    rivals?.push(rival);
  }
  rival.bins.push(bin);
  rival.counts.push(count);
}
