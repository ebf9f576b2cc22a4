import {
  commentBody,
  type IncidentDetail,
  incidentDetail,
  incidentSchema,
  incidentStatuses,
  modelSlug,
  Problem,
  pageQuery,
  snoozeBody,
} from '@plumbline/contracts';
import type { IncidentRecord } from '@plumbline/db';
import { parseTime } from '@plumbline/intake';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { found, idParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { badQuery, decodeCursor, toPage } from '../../page.ts';
import { accessOf } from '../../plugins/auth.ts';
import { timeText } from '../../time-text.ts';
import { type Act, changeIncident } from './change-incident.ts';
import { showIncident } from './show-incident.ts';

const tags = ['incidents'];
const changing = { scope: 'admin' as const };
const defaultSnoozeHours = 24;
const hourMs = 3_600_000;

function snoozedUntil(body: z.infer<typeof snoozeBody> | null | undefined, now: number): Date {
  if (body?.until === undefined) return new Date(now + (body?.hours ?? defaultSnoozeHours) * hourMs);
  const until = parseTime(body.until);
  if (until !== null && until > now) return new Date(until);
  const detail = 'expected a time in the future';
  throw new Problem('validation-failed', {
    detail,
    errors: [{ pointer: '/until', code: 'bad_timestamp', detail }],
  });
}

function statusesOf(text: string | undefined) {
  if (text === undefined || text === '') return {};
  const statuses = text.split(',').map((name) => {
    const status = incidentStatuses.find((s) => s === name.trim());
    if (!status) throw badQuery('status', `expected ${incidentStatuses.join(', ')}`);
    return status;
  });
  return { statuses };
}

export const incidentRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;
    const find = async (request: FastifyRequest) =>
      found(await db.incidents.find(accessOf(request).projectId, (request.params as { id: string }).id));
    const detail = async (incident: IncidentRecord): Promise<IncidentDetail> => {
      const timeline = await db.incidents.timeline(incident.id);
      const entries = timeline.map((entry) => ({ ...entry, at: timeText(entry.at) }));
      return { ...showIncident(incident), timeline: entries as IncidentDetail['timeline'] };
    };
    const act = async (request: FastifyRequest, what: Act) => {
      const { email, name } = accessOf(request);
      return detail(await changeIncident(deps, await find(request), what, email ?? name));
    };

    app.get(
      '/v1/incidents',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'Incidents, newest first',
          querystring: pageQuery.extend({
            status: z.string().max(200).optional().describe('One status or several, separated by commas'),
            model: modelSlug.optional(),
          }),
          response: { 200: listOf(incidentSchema) },
        },
      },
      async (request) => {
        const { limit, cursor, status, model: slug } = request.query;
        const { projectId } = accessOf(request);
        const model = slug === undefined ? null : await db.models.find(projectId, slug);
        if (slug !== undefined && !model) throw new Problem('unknown-model');
        const at = cursor === undefined ? null : decodeCursor(cursor, { at: 'number', id: 'string' });
        const rows = await db.incidents.list(projectId, {
          limit: limit + 1,
          ...statusesOf(status),
          ...(model ? { modelId: model.id } : {}),
          ...(at ? { cursor: { openedAtMs: at.at, id: at.id } } : {}),
        });
        return toPage(rows, limit, showIncident, (row) => ({ at: row.openedAt.getTime(), id: row.id }));
      },
    );

    const documented = { tags, params: idParams, response: { 200: incidentDetail } };

    app.get(
      '/v1/incidents/:id',
      { config: { scope: 'read' }, schema: { ...documented, summary: 'One incident with its timeline' } },
      async (request) => detail(await find(request)),
    );

    app.post(
      '/v1/incidents/:id/acknowledge',
      { config: changing, schema: { ...documented, summary: 'Somebody is on it' } },
      async (request) => act(request, { kind: 'acknowledged', at: new Date() }),
    );

    app.post(
      '/v1/incidents/:id/resolve',
      { config: changing, schema: { ...documented, summary: 'Close an incident' } },
      async (request) => act(request, { kind: 'resolved', at: new Date() }),
    );

    app.post(
      '/v1/incidents/:id/snooze',
      {
        config: changing,
        schema: { ...documented, summary: 'Quiet an incident for a while', body: snoozeBody.nullish() },
      },
      async (request) => {
        const at = new Date();
        return act(request, { kind: 'snoozed', at, until: snoozedUntil(request.body, at.getTime()) });
      },
    );

    app.post(
      '/v1/incidents/:id/comment',
      { config: changing, schema: { ...documented, summary: 'Add a note', body: commentBody } },
      async (request) => {
        const incident = await find(request);
        const { email, name } = accessOf(request);
        const entry = { kind: 'commented', by: email ?? name, text: request.body.text };
        await db.incidents.comment(incident.id, entry);
        return detail(incident);
      },
    );
  };
