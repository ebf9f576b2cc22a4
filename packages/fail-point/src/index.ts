import type { FailPointName } from './fail-point-name.ts';

export type { FailPointName };

/** Marks a place where tests kill the process; does nothing unless Node runs with the condition `fail-points`. */
export function failPoint(_name: FailPointName): void {}
