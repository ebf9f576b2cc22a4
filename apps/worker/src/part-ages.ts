import { hourMs } from './time.ts';

/** Files of parts that no manifest row names are deleted when they are older than this. */
export const orphanAfterMs = hourMs;

/** Longest time between beginning to write parts and naming them in the manifest; a process that slept may not. */
export const namedWithinMs = orphanAfterMs / 2;
