import type { FairnessMetricInfo } from '@plumbline/contracts';
import { Fragment } from 'react';
import { formatShort } from '../../format-number.ts';
import { metricText, withoutValueText } from './fairness-text.ts';
import classes from './group-chart.module.css';
import type { GroupChart as Chart } from './prepare-group-chart.ts';

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** A dot with its 95% interval for every group, on one scale. */
export function GroupChart({ chart, info }: { chart: Chart; info: FairnessMetricInfo }) {
  const { rows, ticks, place, limits } = chart;
  return (
    <figure className={classes.chart} aria-label={`${info.title} by group, with 95% intervals`}>
      {rows.map(({ group, text, isReference, metric }) => (
        <Fragment key={`${group.kind} ${text}`}>
          <div className={classes.label}>
            {text}
            {isReference && <span className={classes.note}> reference</span>}
          </div>
          <div className={classes.track} aria-hidden>
            {limits.map(({ value, text: name }) => (
              <span key={name} className={classes.limit} style={{ left: percent(place(value)) }} />
            ))}
            {metric.lower !== null && metric.upper !== null && (
              <span
                className={classes.interval}
                style={{
                  left: percent(place(metric.lower)),
                  width: percent(place(metric.upper) - place(metric.lower)),
                }}
              />
            )}
            {metric.value !== null && (
              <span
                className={classes.dot}
                data-compared={group.kind === 'group'}
                style={{ left: percent(place(metric.value)) }}
              />
            )}
          </div>
          <div className={classes.value}>
            {metric.value === null
              ? withoutValueText(metric, info.counts)
              : metricText(metric.metric, metric.value)}
          </div>
        </Fragment>
      ))}
      <div className={classes.label} />
      <div className={classes.axis} aria-hidden>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: percent(place(tick)) }}>
            {formatShort(tick)}
          </span>
        ))}
      </div>
      {limits.length > 0 && (
        <figcaption className={classes.caption}>
          {limits
            .map(
              ({ value, text }) =>
                `Dashed: ${text} of the reference group, ${metricText(info.metric, value)}.`,
            )
            .join(' ')}
        </figcaption>
      )}
    </figure>
  );
}
