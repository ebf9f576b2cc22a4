export type { ClientOptions } from './client-options.ts';
export { createClient, type PlumblineClient } from './create-client.ts';
export type { ClientError, RejectedRow } from './report.ts';
export type { Actual, Prediction, Time } from './rows.ts';
export type { Stats } from './stats.ts';
