import type {
  BinSet,
  BinSetColumn,
  ColumnProfile,
  ListedExpectation,
  MetricInfo,
  Profile,
  Score,
  Task,
} from '@plumbline/contracts';

/** What a model-level metric may look at besides the profile. */
export interface ModelContext {
  task: Task;
  positiveLabel: string | null;
  /** What is expected of the data; for metrics that say so. */
  expectations?: readonly ListedExpectation[];
}

export interface ColumnInput {
  column: BinSetColumn;
  reference: ColumnProfile | null;
  current: ColumnProfile;
}

export interface ModelInput {
  context: ModelContext;
  /** For metrics that read columns; they are not applicable without it. */
  binSet?: BinSet;
  current: Profile;
  reference: Profile | null;
}

/** A named pure function of profiles. Exactly one of `scoreColumn` and `scoreModel` is present. */
export interface MetricDescriptor extends MetricInfo {
  /** Looks at `Profile.intake`; its windows are of the time of receipt, and versions and filters do not apply. */
  readsIntake?: true;
  /** Looks at `Profile.ageMs`: the end of a window matters, and now. */
  readsAge?: true;
  /** Looks at `Profile.performance` though no metric of performance: what has not arrived yet is missing from it. */
  readsLabels?: true;
  /** Of the model as a whole, but made of all its columns. */
  readsColumns?: true;
  /** Looks at `ModelContext.expectations`; not applicable without. */
  readsExpectations?: true;
  /** Looks at `Profile.multivariate`: has a value once the window was compared, and limits of its own. */
  readsComparison?: true;
  /** Judges one column; `reference` is null when the model has none. */
  scoreColumn?: (input: ColumnInput) => Score;
  /** Judges the model as a whole. */
  scoreModel?: (input: ModelInput) => Score;
}
