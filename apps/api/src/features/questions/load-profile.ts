import { toColumnarModel } from '@plumbline/columnar';
import type { BinSet, Profile } from '@plumbline/contracts';
import type { BinSetRecord, ModelRecord } from '@plumbline/db';
import { mergeProfiles } from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { liveParts } from './live-parts.ts';
import { neededBins, neededSections, type ProfileNeeds } from './profile-needs.ts';
import { storedProfiles } from './stored-profiles.ts';
import { isStored, type WindowSelection } from './window-selection.ts';

/** The profile of what is selected, exact either way: merged from stored profiles where they fit, else scanned. */
export async function loadProfile(
  sources: Pick<Deps, 'db' | 'columnar'>,
  model: ModelRecord,
  binSet: BinSetRecord,
  body: BinSet,
  selection: WindowSelection,
  needs: ProfileNeeds = {},
): Promise<Profile> {
  if (isStored(binSet, body, selection)) {
    const rows = await storedProfiles(sources, model, binSet, selection, 'month', needs);
    return mergeProfiles(rows.map((row) => row.profile));
  }
  const parts = await liveParts(sources, model.id, selection);
  return sources.columnar.profile(toColumnarModel(model), neededBins(body, needs), parts, {
    ...selection,
    ...neededSections(needs),
  });
}
