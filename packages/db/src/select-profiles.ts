/** Of one model ($1), bin set ($2) and grain ($3), that start in [$4, $5) (epoch ms). */
export const selectProfiles = (
  body: string,
) => `SELECT (extract(epoch FROM start_at) * 1000)::float8 AS start, version, environment, ${body} AS profile
  FROM profile
  WHERE model_id = $1 AND bin_set_id = $2 AND grain = $3
    AND start_at >= to_timestamp($4::float8 / 1000) AND start_at < to_timestamp($5::float8 / 1000)`;
