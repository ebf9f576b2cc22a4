/** Sends one request below `/v1` with an API key and returns the parsed answer; throws on any other than 2xx. */
export type CallApi = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

export function apiOf({ url, apiKey }: { url: string; apiKey: string }): CallApi {
  return async (method, path, body) => {
    const answer = await fetch(`${url}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
}
