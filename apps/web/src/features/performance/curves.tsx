import { SimpleGrid } from '@mantine/core';
import type { PerformanceAnswer } from '@plumbline/contracts';
import { prepareCalibration } from '../../charts/prepare-calibration.ts';
import { prepareCurve } from '../../charts/prepare-curve.ts';
import { UnitSquareChart, type UnitSquareRow } from '../../charts/unit-square-chart.tsx';
import { formatCount, formatNumber, formatWithInterval } from '../../format-number.ts';
import { ChartPanel } from '../../ui/chart-panel.tsx';

interface CurveProps {
  title: string;
  note: string;
  xLabel: string;
  yLabel: string;
  guide: 'diagonal' | number | null;
  guideLabel: string;
  rows: UnitSquareRow[];
  /** A number of the table that follows from a point. */
  derived?: { header: string; of: (row: UnitSquareRow) => number };
}

function Curve({ title, note, rows, derived, ...axes }: CurveProps) {
  const hasN = rows.some((row) => row.n !== undefined);
  return (
    <ChartPanel
      title={title}
      note={note}
      rows={rows}
      keyOf={(_, index) => String(index)}
      columns={[
        { header: axes.xLabel, isNumber: true, cell: (row) => formatNumber(row.x) },
        {
          header: axes.yLabel,
          isNumber: true,
          cell: (row) => (row.interval ? formatWithInterval(row.y, ...row.interval) : formatNumber(row.y)),
        },
        ...(derived
          ? [
              {
                header: derived.header,
                isNumber: true,
                cell: (row: UnitSquareRow) => formatNumber(derived.of(row)),
              },
            ]
          : []),
        ...(hasN ? [{ header: 'n', isNumber: true, cell: (row: UnitSquareRow) => formatCount(row.n) }] : []),
      ]}
    >
      <UnitSquareChart rows={rows} {...axes} />
    </ChartPanel>
  );
}

/** ROC, precision-recall, gains and calibration, whichever the task has. */
export function Curves({ answer }: { answer: PerformanceAnswer }) {
  const { roc, pr, gains, calibration } = answer.curves;
  const n = `n = ${formatCount(answer.n_labelled)} labelled events`;
  const matrix = answer.confusion_matrix;
  const positives = matrix?.tp !== undefined && matrix.fn !== undefined ? matrix.tp + matrix.fn : null;
  const base = positives !== null && answer.n_labelled > 0 ? positives / answer.n_labelled : null;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      {roc && roc.length > 1 && (
        <Curve
          title="ROC curve"
          note={n}
          xLabel="False positive rate"
          yLabel="True positive rate"
          guide="diagonal"
          guideLabel="chance"
          rows={prepareCurve(roc)}
        />
      )}
      {pr && pr.length > 1 && (
        <Curve
          title="Precision and recall"
          note={n}
          xLabel="Recall"
          yLabel="Precision"
          guide={base}
          guideLabel="share of positives"
          rows={prepareCurve(pr)}
        />
      )}
      {gains && gains.length > 1 && (
        <Curve
          title="Gains"
          note={`${n} · the steeper above chance, the greater the lift`}
          xLabel="Share of events, highest scores first"
          yLabel="Share of positives found"
          guide="diagonal"
          guideLabel="chance"
          rows={prepareCurve(gains)}
          derived={{ header: 'Lift', of: ({ x, y }) => y / x }}
        />
      )}
      {calibration && calibration.length > 0 && (
        <Curve
          title="Calibration"
          note={`${n} · band: 95% interval of the rate`}
          xLabel="Mean score"
          yLabel="Share positive"
          guide="diagonal"
          guideLabel="well calibrated"
          rows={prepareCalibration(calibration).map((row) => ({
            x: row.score,
            y: row.rate,
            interval: row.interval,
            n: row.n,
          }))}
        />
      )}
    </SimpleGrid>
  );
}
