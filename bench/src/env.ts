/** What a child process takes over from this one: where programs, caches and certificates are, and no setting of the product. */
export const inheritedEnvironment: Record<string, string> = Object.fromEntries(
  ['PATH', 'HOME', 'LANG', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);
