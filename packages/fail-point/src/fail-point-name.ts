/** Places on the way of a batch where a process may be made to die, in the order they are passed. */
export type FailPointName =
  | 'store:before-commit'
  | 'store:committed'
  | 'mirror:exported'
  | 'mirror:parts-written'
  | 'mirror:before-commit'
  | 'mirror:committed'
  | 'profiling:written'
  | 'compaction:merged'
  | 'compaction:replaced'
  | 'compaction:files-removed';
