/** Of the process that applies migrations; absent when it is not set. */
export const databaseUrl: string | undefined = process.env.DATABASE_URL;
