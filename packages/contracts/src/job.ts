import { z } from 'zod';

/**
 * Job payloads: ids, never contents. `refresh` mirrors a model's new rows into parts, recomputes the touched
 * profiles and judges its monitors; `deliver` makes the next attempt of one delivery; `import` takes the rows of an
 * uploaded file in; `multivariate` compares the model's next waiting window with its reference; `learn` learns a
 * regression's errors from its reference.
 */
export const jobPayloads = {
  refresh: z.object({ modelId: z.uuid() }),
  judge: z.object({ modelId: z.uuid() }),
  compact: z.object({ modelId: z.uuid() }),
  deliver: z.object({ deliveryId: z.uuid() }),
  import: z.object({ modelId: z.uuid(), importId: z.uuid() }),
  multivariate: z.object({ modelId: z.uuid() }),
  learn: z.object({ modelId: z.uuid() }),
  sweep: z.object({}),
} as const;

export type JobName = keyof typeof jobPayloads;
export type JobPayload<N extends JobName> = z.infer<(typeof jobPayloads)[N]>;
