export interface CurlRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** The requests of a text of `curl` commands as the product prints them: -X, single-quoted -H and -d. */
export function readCurl(text: string): CurlRequest[] {
  return text
    .split(/\n\s*\n/)
    .filter((command) => command.trim().startsWith('curl'))
    .map((command) => {
      const [, method, url] = /-X (\S+) (\S+)/.exec(command) ?? [];
      const [, body] = /-d '([^']*)'/.exec(command) ?? [];
      if (!method || !url || body === undefined)
        throw new Error(`Not a command that can be read: ${command}`);
      const headers = [...command.matchAll(/-H '([^:']+): ([^']*)'/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]);
      return { method, url, headers: Object.fromEntries(headers), body };
    });
}
