/** The two commands that bring the first event in; `key` may be a placeholder. */
export function firstEventCommands(parts: {
  origin: string;
  key: string;
  model: string | null;
  now: Date;
}): string {
  const { origin, key, now } = parts;
  const model = parts.model ?? 'my-model';
  const headers = `-H 'authorization: Bearer ${key}' -H 'content-type: application/json'`;
  const event = {
    prediction_id: `first-${now.getTime()}`,
    prediction_timestamp: now.toISOString(),
    features: { amount: 42.5, country: 'DE' },
    prediction_score: 0.71,
  };
  const create = `curl -X PUT ${origin}/v1/models/${model} ${headers} \\
  -d '${JSON.stringify({ task: 'binary_classification', display_name: 'My model', positive_label: 'yes' })}'`;
  const post = `curl -X POST ${origin}/v1/models/${model}/events ${headers} \\
  -d '${JSON.stringify({ events: [event] })}'`;
  return parts.model === null ? `${create}\n\n${post}` : post;
}
