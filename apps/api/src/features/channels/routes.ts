import { randomBytes } from 'node:crypto';
import {
  channelBody,
  channelPatch,
  channelSchema,
  createdChannel,
  deliverySchema,
  Problem,
  pageQuery,
} from '@plumbline/contracts';
import type { DeliveryRecord } from '@plumbline/db';
import { checkDestination } from '@plumbline/outbound';
import { seal } from '@plumbline/runtime';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { found, idParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { decodeCursor, pageOf, shortListQuery, toPage } from '../../page.ts';
import { accessOf } from '../../plugins/auth.ts';
import { timeText } from '../../time-text.ts';
import { showChannel, showDelivery } from './show-channel.ts';

const tags = ['channels'];
const changing = { scope: 'admin' as const };
const reading = { scope: 'read' as const };
const secretBytes = 32;

const newSecret = () => `whsec_${randomBytes(secretBytes).toString('base64')}`;

export const channelRoutes =
  ({ db, queue, config, logger }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const requireAllowed = async (url: string) => {
      const { username, password } = new URL(url);
      const verdict = await checkDestination(url, { allowPrivate: config.webhookAllowPrivate });
      if (verdict === 'blocked' || username !== '' || password !== '')
        throw new Problem('blocked-destination');
    };
    const find = async (request: FastifyRequest) =>
      found(await db.channels.find(accessOf(request).projectId, (request.params as { id: string }).id));
    const deliver = (delivery: DeliveryRecord) => {
      void queue.enqueue('deliver', { deliveryId: delivery.id }).catch((error: unknown) => {
        logger.warn(
          { err: error, deliveryId: delivery.id },
          'delivery was not enqueued; the sweep will find it',
        );
      });
      return showDelivery(delivery);
    };

    app.post(
      '/v1/channels',
      {
        config: changing,
        schema: {
          tags,
          summary: 'Create a channel; its secret is shown once',
          body: channelBody,
          response: { 201: createdChannel },
        },
      },
      async (request, reply) => {
        const { kind, name, url, enabled } = request.body;
        await requireAllowed(url);
        const secret = newSecret();
        const channel = await db.channels.create({
          projectId: accessOf(request).projectId,
          kind,
          name,
          url,
          enabled,
          sealedSecret: seal(config.secret, secret),
        });
        return reply.code(201).send({ ...showChannel(channel), secret });
      },
    );

    app.get(
      '/v1/channels',
      {
        config: reading,
        schema: {
          tags,
          summary: 'Channels',
          querystring: shortListQuery,
          response: { 200: listOf(channelSchema) },
        },
      },
      async (request) => {
        const channels = await db.channels.list(accessOf(request).projectId);
        return pageOf(channels, request.query, showChannel, ({ id }) => id);
      },
    );

    app.get(
      '/v1/channels/:id',
      {
        config: reading,
        schema: { tags, summary: 'One channel', params: idParams, response: { 200: channelSchema } },
      },
      async (request) => showChannel(await find(request)),
    );

    app.patch(
      '/v1/channels/:id',
      {
        config: changing,
        schema: {
          tags,
          summary: 'Change a channel; a URL with another origin gets a new secret, shown once',
          params: idParams,
          body: channelPatch,
          response: { 200: createdChannel.partial({ secret: true }) },
        },
      },
      async (request) => {
        const before = await find(request);
        const { name, url, enabled } = request.body;
        if (url !== undefined) await requireAllowed(url);
        // A secret made for one receiver is never used towards another.
        const secret =
          url !== undefined && new URL(url).origin !== new URL(before.url).origin ? newSecret() : null;
        const channel = found(
          await db.channels.update(before.projectId, before.id, {
            ...(name === undefined ? {} : { name }),
            ...(url === undefined ? {} : { url }),
            ...(enabled === undefined ? {} : { enabled }),
            ...(secret === null ? {} : { sealedSecret: seal(config.secret, secret) }),
          }),
        );
        return { ...showChannel(channel), ...(secret === null ? {} : { secret }) };
      },
    );

    app.delete(
      '/v1/channels/:id',
      {
        config: changing,
        schema: { tags, summary: 'Delete a channel', params: idParams, response: { 204: z.undefined() } },
      },
      async (request, reply) => {
        found((await db.channels.remove(accessOf(request).projectId, request.params.id)) || null);
        return reply.code(204).send();
      },
    );

    app.post(
      '/v1/channels/:id/test',
      {
        config: changing,
        schema: { tags, summary: 'Send a test message', params: idParams, response: { 202: deliverySchema } },
      },
      async (request, reply) => {
        const channel = await find(request);
        const body = JSON.stringify({
          type: 'test',
          timestamp: timeText(new Date()),
          data: { channel: { id: channel.id, name: channel.name } },
        });
        const delivery = await db.deliveries.create({ channelId: channel.id, type: 'test', body });
        return reply.code(202).send(deliver(delivery));
      },
    );

    app.get(
      '/v1/channels/:id/deliveries',
      {
        config: reading,
        schema: {
          tags,
          summary: 'Messages to a channel with their attempts, newest first',
          params: idParams,
          querystring: pageQuery,
          response: { 200: listOf(deliverySchema) },
        },
      },
      async (request) => {
        const channel = await find(request);
        const { limit, cursor } = request.query;
        const at = cursor === undefined ? null : decodeCursor(cursor, { at: 'number', id: 'string' });
        const rows = await db.deliveries.list(channel.id, {
          limit: limit + 1,
          ...(at ? { cursor: { createdAtMs: at.at, id: at.id } } : {}),
        });
        return toPage(rows, limit, showDelivery, (row) => ({ at: row.createdAt.getTime(), id: row.id }));
      },
    );

    app.post(
      '/v1/deliveries/:id/redeliver',
      {
        config: changing,
        schema: {
          tags,
          summary: 'Send a message again with the same id and body',
          params: idParams,
          response: { 202: deliverySchema },
        },
      },
      async (request, reply) => {
        const delivery = found(await db.deliveries.redeliver(accessOf(request).projectId, request.params.id));
        return reply.code(202).send(deliver(delivery));
      },
    );
  };
