import { z } from 'zod';

export const channelBody = z
  .strictObject({
    kind: z.literal('webhook'),
    name: z.string().min(1).max(200),
    url: z.url({ protocol: /^https?$/ }).max(2000),
    enabled: z.boolean().default(true),
  })
  .meta({ id: 'ChannelBody' });
export const channelPatch = z
  .strictObject({
    name: z.string().min(1).max(200).optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'ChannelPatch' });

export const channelSchema = z
  .object({
    id: z.string(),
    kind: z.literal('webhook'),
    name: z.string(),
    url: z.string(),
    enabled: z.boolean(),
    created_at: z.string(),
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof channelSchema>;

/** The secret (`whsec_` + base64) is shown in this answer and never again. */
export const createdChannel = channelSchema.extend({ secret: z.string() }).meta({ id: 'CreatedChannel' });

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;

export const deliverySchema = z
  .object({
    id: z.string(),
    webhook_id: z.string(),
    type: z.string(),
    status: z.enum(deliveryStatuses),
    attempts: z.array(
      z.object({
        at: z.string(),
        response_status: z.number().int().nullable(),
        latency_ms: z.number().nullable(),
        error: z.string().nullable(),
      }),
    ),
    next_attempt_at: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof deliverySchema>;

export const notificationTypes = [
  'incident.opened',
  'incident.acknowledged',
  'incident.escalated',
  'incident.resolved',
  'test',
] as const;
export type NotificationType = (typeof notificationTypes)[number];
