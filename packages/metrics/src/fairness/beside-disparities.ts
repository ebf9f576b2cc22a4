import type { FairnessDisparity } from '@plumbline/contracts';
import { differenceInterval, type Estimate } from '@plumbline/stats';

/** Disparities beside those of other events, and whether they grew. */
export function besideDisparities(
  disparities: FairnessDisparity[],
  others: FairnessDisparity[],
): FairnessDisparity[] {
  return disparities.map((disparity) => {
    const other = others.find((one) => one.disparity === disparity.disparity);
    if (!other) return disparity;
    const [own, before] = [estimateOf(disparity), estimateOf(other)];
    const change = own && before && differenceInterval(own, before);
    return {
      ...disparity,
      compared: {
        status: other.status,
        groups: other.groups,
        difference: other.difference,
        difference_lower: other.difference_lower,
        difference_upper: other.difference_upper,
        ratio: other.ratio,
        change: own && before ? own.value - before.value : null,
        change_lower: change?.lower ?? null,
        change_upper: change?.upper ?? null,
      },
    };
  });
}

function estimateOf({
  difference: value,
  difference_lower: lower,
  difference_upper: upper,
}: FairnessDisparity): Estimate | undefined {
  return value === null || lower === null || upper === null ? undefined : { value, lower, upper };
}
