/** The environment the tests run in: CHROMIUM_PATH names the browser to use, PATH is searched for one. */
export const processEnvironment: Record<string, string | undefined> = process.env;

/** The environment of a child process: this one without what would change the product, plus `extra`. */
export function childEnvironment(extra: Record<string, string>): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TMPDIR'].flatMap((name) => {
    const value = processEnvironment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), ...extra };
}
