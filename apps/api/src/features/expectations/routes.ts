import {
  columnKey,
  type Expectation,
  expectationChanges,
  expectationSuite,
  expectationsAnswer,
  expectationsBody,
  expectationVersion,
  fixedFilterFields,
  Problem,
  pageQuery,
} from '@plumbline/contracts';
import type { ModelRecord } from '@plumbline/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { listOf } from '../../list-of.ts';
import { afterId, toPage } from '../../page.ts';
import { accessOf } from '../../plugins/auth.ts';
import { readProposal } from '../../read-proposal.ts';
import { plain, showSuite, showVersion, withSources } from './show-suite.ts';

const tags = ['expectations'];

/** A version can hold thousands of expectations. */
const versionsQuery = pageQuery.extend({ limit: z.coerce.number().int().min(1).max(100).default(20) });

/** @throws Problem 422 for a column that the model does not have */
function checkColumns(model: ModelRecord, expectations: readonly Expectation[]): void {
  const known = new Set<string>([
    ...fixedFilterFields,
    ...model.features.map(({ name }) => columnKey(name)),
    ...model.features.map(({ name }) => `features.${name}`),
  ]);
  const errors = expectations.flatMap(({ column }, index) =>
    column === null || known.has(columnKey(column))
      ? []
      : [
          {
            pointer: `/expectations/${index}/column`,
            code: 'unknown_name',
            detail: 'the model has no such column',
          },
        ],
  );
  const [first] = errors;
  if (first) throw new Problem('validation-failed', { detail: first.detail, errors: errors.slice(0, 100) });
}

export const expectationRoutes =
  ({ db, columnar }: Pick<Deps, 'db' | 'columnar'>): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/v1/models/:model/expectations',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'What is expected of the data, and what the reference suggests',
          params: modelParams,
          response: { 200: expectationsAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const current = await db.expectations.current(model.id);
        const proposal = await readProposal({ db, columnar }, model);
        return {
          current: current && showSuite(current),
          proposal: proposal && {
            n_reference: proposal.nReference,
            expectations: proposal.expectations,
          },
          changes: proposal ? expectationChanges(plain(current), proposal.expectations) : [],
        };
      },
    );

    app.put(
      '/v1/models/:model/expectations',
      {
        config: { scope: 'admin' },
        schema: {
          tags,
          summary: 'A new version of what is expected; 409 when there is a newer one than it is based on',
          params: modelParams,
          body: expectationsBody,
          response: { 200: expectationSuite },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const { based_on, summary, expectations } = request.body;
        checkColumns(model, expectations);
        const before = await db.expectations.current(model.id);
        const proposal = await readProposal({ db, columnar }, model);
        const suite = await db.expectations.add(model.id, {
          basedOn: based_on,
          createdBy: accessOf(request).name,
          summary: summary ?? null,
          expectations: withSources(expectations, proposal?.expectations ?? [], before?.expectations ?? []),
        });
        if (!suite) {
          throw new Problem('conflict', {
            detail: `The newest version is not ${based_on}. Read it, and make the change to it.`,
          });
        }
        return showSuite(suite);
      },
    );

    app.get(
      '/v1/models/:model/expectations/versions',
      {
        config: { scope: 'read' },
        schema: {
          tags,
          summary: 'Versions of what is expected, newest first, with their changes',
          params: modelParams,
          querystring: versionsQuery,
          response: { 200: listOf(expectationVersion) },
        },
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const model = await findModel(db, request);
        const before = cursor === undefined ? {} : { before: Math.min(2 ** 31 - 1, Number(afterId(cursor))) };
        const suites = await db.expectations.versions(model.id, { limit: limit + 1, ...before });
        const page = toPage(
          suites,
          limit,
          (suite) => suite,
          ({ version }) => ({ id: String(version) }),
        );
        return { ...page, data: page.data.map((suite, i) => showVersion(suite, suites[i + 1])) };
      },
    );
  };
