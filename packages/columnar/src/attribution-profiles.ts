import type { AttributionProfile } from '@plumbline/contracts';
import type { PartScan } from './event-relation.ts';
import { createParams } from './params.ts';
import { slotKey } from './performance-profiles.ts';
import { type ProfileScope, slotColumns, slottedEvents } from './slotted-events.ts';

/** Sums of absolute attributions by slot, keyed as {@link slotKey} does; slots without attributions are left out. */
export async function attributionProfiles(
  scan: PartScan,
  scope: ProfileScope,
): Promise<Map<string, AttributionProfile>> {
  const params = createParams();
  const values = `from_json(shap_values, '"MAP(VARCHAR, DOUBLE)"') AS attributions`;
  const events = await slottedEvents(
    scan,
    scope,
    [{ name: 'shap_values', type: 'VARCHAR' }],
    [values],
    params,
  );
  const names = params.add(JSON.stringify(scan.model.features.map(({ name }) => name)));
  const rows = await scan.session.columns(
    `WITH selected AS MATERIALIZED (SELECT * FROM (${events}) WHERE attributions IS NOT NULL)
    SELECT slot::DOUBLE, model_version, environment, NULL::VARCHAR AS feature, count(*)::DOUBLE AS value
      FROM selected GROUP BY ${slotColumns}
    UNION ALL SELECT slot::DOUBLE, model_version, environment, entry.key, fsum(abs(entry.value))
      FROM (SELECT ${slotColumns}, unnest(map_entries(attributions)) AS entry FROM selected)
      WHERE isfinite(entry.value) AND entry.key IN (SELECT unnest(from_json(${names}, '["VARCHAR"]')))
      GROUP BY ${slotColumns}, entry.key`,
    params.values,
  );
  const profiles = new Map<string, AttributionProfile>();
  const rowCount = rows[0]?.length ?? 0;
  for (let row = 0; row < rowCount; row++) {
    const key = slotKey(rows[0]?.[row], rows[1]?.[row], rows[2]?.[row]);
    const profile = profiles.get(key) ?? { n: 0, sums: {} };
    const feature = rows[3]?.[row];
    const value = Number(rows[4]?.[row]);
    if (typeof feature === 'string') profile.sums[feature] = value;
    else profile.n = value;
    profiles.set(key, profile);
  }
  return profiles;
}
