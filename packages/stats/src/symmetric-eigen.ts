const mostSweeps = 60;

export interface SymmetricEigen {
  values: number[];
  /** The i-th is of length 1 and belongs to the i-th value. */
  vectors: number[][];
}

/**
 * Eigenvalues, in no order, and eigenvectors of a small symmetric matrix, given as rows, by Jacobi rotations.
 * Source: Golub and Van Loan, "Matrix Computations", 8.5.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): SymmetricEigen {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((_, j) => Number(i === j)));
  const at = (i: number, j: number) => a[i]?.[j] ?? 0;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let turned = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(at(p, q)) <= Number.EPSILON * 1e-4 * Math.sqrt(Math.abs(at(p, p) * at(q, q)))) continue;
        const theta = (at(q, q) - at(p, p)) / (2 * at(p, q));
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        for (const row of a) turn(row, p, q, c, t * c);
        turnRows(a, p, q, c, t * c);
        turnRows(vectors, p, q, c, t * c);
        turned = true;
      }
    }
    if (!turned) break;
  }
  return { values: a.map((_, i) => at(i, i)), vectors };
}

function turn(row: number[], p: number, q: number, c: number, s: number): void {
  const [x, y] = [row[p] ?? 0, row[q] ?? 0];
  row[p] = c * x - s * y;
  row[q] = s * x + c * y;
}

function turnRows(rows: number[][], p: number, q: number, c: number, s: number): void {
  const [x, y] = [rows[p] ?? [], rows[q] ?? []];
  rows[p] = x.map((value, i) => c * value - s * (y[i] ?? 0));
  rows[q] = x.map((value, i) => s * value + c * (y[i] ?? 0));
}
