import { formatSigned } from '../../format-number.ts';

/** Standard errors beyond which an estimate missed. */
const limit = 3;

/** `+4.2 · beyond 3`: (estimated − realised) in standard errors. */
export const missText = (bias: number | null): string =>
  bias === null ? '–' : `${formatSigned(bias)}${Math.abs(bias) > limit ? ` · beyond ${limit}` : ''}`;
