/** The answers to questions, as the contract names their fields. */
export interface Drift {
  window: { from: string; to: string };
  reference: object | null;
  dataset: { drifted_share: number | null; status: string };
  columns: {
    column: string;
    kind: string;
    n_reference: number;
    n_current: number;
    missing_rate: number | null;
    metrics: {
      metric: string;
      value: number | null;
      p_value: number | null;
      threshold: number | null;
      drifted: boolean;
      status: string;
      exactness: string;
    }[];
  }[];
}

export interface Distribution {
  bins: {
    label: string;
    reference_count: number | null;
    reference_share: number | null;
    current_count: number;
    current_share: number | null;
  }[];
}

export interface Series {
  points: {
    window_start: string;
    value: number | null;
    lower: number | null;
    upper: number | null;
    n: number;
    status: string;
    threshold: number | null;
  }[];
}

export interface Performance {
  window: object;
  label_coverage: number | null;
  n_events: number;
  n_labelled: number;
  metrics: {
    metric: string;
    value: number | null;
    lower: number | null;
    upper: number | null;
    n: number;
    status: string;
    estimated: unknown;
  }[];
  confusion_matrix: { labels: string[]; counts: number[][]; tp: number; fp: number; fn: number; tn: number };
  curves: Record<string, unknown>;
}
