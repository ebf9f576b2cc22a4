export interface ModelAttention {
  name: string;
  openIncidents: number;
  /** Share of columns that drift, or null when unknown. */
  driftedShare: number | null;
}

/** Open incidents first (most first), then drift (largest share first), then by name. */
export function orderByAttention<M extends ModelAttention>(models: readonly M[]): M[] {
  return [...models].sort(
    (a, b) =>
      b.openIncidents - a.openIncidents ||
      (b.driftedShare ?? 0) - (a.driftedShare ?? 0) ||
      a.name.localeCompare(b.name),
  );
}
