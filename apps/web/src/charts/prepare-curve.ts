export interface CurvePoint {
  x: number;
  y: number;
}

/** At most `limit` points of a curve, both ends kept, evenly picked. */
export function prepareCurve(points: CurvePoint[], limit = 200): CurvePoint[] {
  if (points.length <= limit) return points;
  return Array.from({ length: limit }, (_, i) => {
    const index = Math.round((i * (points.length - 1)) / (limit - 1));
    return points[index] ?? { x: 0, y: 0 };
  });
}
