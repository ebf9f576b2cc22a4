import { type BinSet, unknownNegativeLabel } from '@plumbline/contracts';
import type { Db, IncomingEvent, ModelRecord } from '@plumbline/db';

/** How long a model's negative label is taken as known, and an unknown one as unknown. */
const rememberMs = 60_000;
const askAgainMs = 5000;

/** The negative class of binary models whose events leave `prediction_label` out. */
export interface NegativeLabels {
  of(model: ModelRecord): Promise<string | null>;
  /** Learns from a batch that was stored. */
  learn(
    model: ModelRecord,
    events: readonly IncomingEvent[],
    actualLabels: Iterable<string | undefined>,
  ): void;
}

/** The label of the reference that is not the positive one, where there is exactly one. */
function negativeLabelIn(binSet: BinSet, positiveLabel: string): string | null {
  const labels = new Set<string>();
  for (const { column, bins } of binSet.columns) {
    if (column !== 'prediction_label' && column !== 'actual_label') continue;
    if (bins.layout === 'categorical') for (const value of [...bins.values, ...bins.rare]) labels.add(value);
  }
  labels.delete(positiveLabel);
  labels.delete(unknownNegativeLabel);
  const [only, second] = labels;
  return only !== undefined && second === undefined ? only : null;
}

/** Looks the label up in the reference first, then in what this process has seen. */
export function createNegativeLabels(db: Db): NegativeLabels {
  const known = new Map<string, { label: string | null; until: number }>();
  const seen = new Map<string, string>();
  return {
    async of(model) {
      if (model.task !== 'binary_classification' || model.positiveLabel === null) return null;
      const now = Date.now();
      let entry = known.get(model.id);
      if (!entry || entry.until < now) {
        const label = negativeLabelIn((await db.profiles.binSet(model.id)).body, model.positiveLabel);
        entry = { label, until: now + (label === null ? askAgainMs : rememberMs) };
        known.set(model.id, entry);
      }
      return entry.label ?? seen.get(model.id) ?? null;
    },
    learn(model, events, actualLabels) {
      if (model.task !== 'binary_classification' || seen.has(model.id)) return;
      const labels = new Set(actualLabels);
      for (const { event } of events) labels.add(event.prediction_label);
      for (const label of labels) {
        if (label === undefined || label === model.positiveLabel || label === unknownNegativeLabel) continue;
        seen.set(model.id, label);
        return;
      }
    },
  };
}
