/** How long the exactness tests run and from where: more runs find rarer interleavings, a seed repeats one. */
export const exactness = {
  runs: Number(process.env.EXACTNESS_RUNS ?? 100),
  seed: process.env.EXACTNESS_SEED === undefined ? undefined : Number(process.env.EXACTNESS_SEED),
};
