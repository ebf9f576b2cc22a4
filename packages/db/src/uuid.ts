const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Tells ids that may reach a uuid column from what else a URL holds; Postgres fails the statement otherwise. */
export const isUuid = (text: string): boolean => uuid.test(text);
