/** A message whose signature was right. */
export interface ReceivedMessage {
  webhookId: string;
  receivedAt: Date;
  type: string;
  data: Record<string, unknown>;
}

/** One line about a message: its type and, for an incident, what moved and how far. */
export function describeMessage({ type, data }: Pick<ReceivedMessage, 'type' | 'data'>): string {
  const incident = (data.incident ?? {}) as Record<string, unknown>;
  if (incident.metric === undefined) return type;
  const column = incident.column ? ` of ${String(incident.column)}` : '';
  const window = incident.window as { from?: string; to?: string } | undefined;
  const when = window?.from ? `, ${window.from.slice(0, 10)} to ${String(window.to).slice(0, 10)}` : '';
  return `${type}: ${String(incident.metric)}${column} is ${format(incident.value)}, threshold ${format(incident.threshold)} (${String(incident.severity)}${when})`;
}

function format(value: unknown): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : String(value);
}

/** A plain page with the newest message first. */
export function receivedPage(messages: readonly ReceivedMessage[]): string {
  const rows = [...messages].reverse().map(
    (message) =>
      `<li><p><time>${message.receivedAt.toISOString()}</time> <code>${escapeHtml(message.webhookId)}</code> signature verified</p>
<p><strong>${escapeHtml(describeMessage(message))}</strong></p>
<details><summary>Body</summary><pre>${escapeHtml(JSON.stringify(message.data, null, 2))}</pre></details></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Received webhooks</title>
<style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}li{margin:1rem 0}pre{overflow:auto}</style></head>
<body><h1>Received webhooks</h1><p>${messages.length} so far.</p><ol reversed>${rows.join('\n')}</ol></body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
