import { toColumnarModel } from '@plumbline/columnar';
import type { BinSet, Expectation, Profile } from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import { proposeExpectations, referenceDays } from '@plumbline/metrics';
import type { Deps } from './deps.ts';

/** More than the models of a busy installation. */
const mostKept = 500;

interface Proposal {
  nReference: number;
  expectations: Expectation[];
}

/** What was read, by part store: the reference of a bin set never changes. */
const known = new WeakMap<Deps['columnar'], Map<string, Promise<Proposal>>>();

async function propose(
  { db, columnar }: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
  body: BinSet,
  reference: Profile,
): Promise<Proposal> {
  const parts = await db.parts.live(model.id, { kinds: ['reference'] });
  const described = toColumnarModel(model);
  const rowsBy = (grain: 'hour' | 'day') =>
    columnar.profiles(described, grain === 'hour' ? { columns: [] } : body, parts, {
      grain,
      withPerformance: false,
    });
  const [hours, days] = [await rowsBy('hour'), await rowsBy('day')];
  const expectations = proposeExpectations({
    binSet: body,
    reference,
    days: referenceDays(days),
    hours: [...new Set(hours.map(({ start }) => start))],
    features: model.features,
  });
  return { nReference: reference.events, expectations };
}

/** The expectations that the reference of a model suggests, by two scans of it; null without one. */
export async function readProposal(
  sources: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
): Promise<Proposal | null> {
  const { id, body, referenceProfile: reference } = await sources.db.profiles.binSet(model.id);
  if (!reference) return null;
  const kept = known.get(sources.columnar) ?? new Map<string, Promise<Proposal>>();
  known.set(sources.columnar, kept);
  const key = `${id} ${model.revision}`;
  const before = kept.get(key);
  if (before) return before;
  const proposal = propose(sources, model, body, reference);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, proposal);
  proposal.catch(() => kept.delete(key));
  return proposal;
}
