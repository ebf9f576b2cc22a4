export type EmptyReason = 'no_data_ever' | 'no_reference' | 'filtered_out' | 'none_in_range' | 'not_computed';

/** Why a chart has nothing to draw, most basic cause first. */
export function emptyReason(known: {
  events: number;
  mirroredEvents: number;
  hasFilter: boolean;
  hasRange: boolean;
  needsReference?: boolean;
  hasReference?: boolean;
}): EmptyReason {
  if (known.events === 0) return 'no_data_ever';
  if (known.needsReference && !known.hasReference) return 'no_reference';
  if (known.mirroredEvents === 0) return 'not_computed';
  if (known.hasFilter) return 'filtered_out';
  return known.hasRange ? 'none_in_range' : 'not_computed';
}

export const emptyTexts: Record<EmptyReason, { title: string; text: string }> = {
  no_data_ever: { title: 'No events yet', text: 'Nothing has been posted to this model so far.' },
  no_reference: {
    title: 'No reference yet',
    text: 'Drift compares with a reference. Post one to /v1/models/{model}/reference, for example the training data.',
  },
  filtered_out: {
    title: 'No event matches',
    text: 'There are events, but none fits the cohort filter, version and environment chosen above.',
  },
  none_in_range: { title: 'Nothing in this time range', text: 'Choose a wider range or “All data” above.' },
  not_computed: {
    title: 'Not computed yet',
    text: 'Events have arrived and are being processed; this page updates by itself within seconds.',
  },
};
