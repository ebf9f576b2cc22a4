import {
  asOfQuery,
  columnName,
  commonQuery,
  distributionAnswer,
  driftAnswer,
  driftProfiles,
  performanceAnswer,
  qualityAnswer,
  slicesAnswer,
  slicesBody,
  timeseriesAnswer,
} from '@plumbline/contracts';
import { qualityReport } from '@plumbline/metrics';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { findModel, modelParams } from '../../find-model.ts';
import { timeText } from '../../time-text.ts';
import { arrivalOf } from './arrival-of.ts';
import { asOfText } from './as-of.ts';
import { deepBody } from './deep-body.ts';
import { distributionOf } from './distribution-of.ts';
import { libraryDrift, ownDrift } from './drift.ts';
import { performanceOf } from './estimates.ts';
import { findColumn } from './find-column.ts';
import { askQuestion, comparedSide, currentProfile, windowText } from './question.ts';
import { intakeOf, receiptWindow } from './receipt.ts';
import { slices } from './slices.ts';
import { metricOf, seriesNeeds, timeseries } from './timeseries.ts';
import { profileWithDays, sensitiveColumns, windowExpectations } from './window-expectations.ts';

const tags = ['questions'];
const config = { scope: 'read' as const };

const withNames = <T extends { column: string }>(columns: T[]): T[] =>
  columns.map((column) => ({ ...column, column: columnName(column.column) }));

export const questionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;

    app.get(
      '/v1/models/:model/drift',
      {
        config,
        schema: {
          tags,
          summary: 'How far every column is from the reference',
          params: modelParams,
          querystring: commonQuery.extend({ profile: z.enum(driftProfiles).default('plumbline') }),
          response: { 200: driftAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const hasOther = (request.query.compare_to ?? 'reference') !== 'reference';
        const question = await askQuestion(deps, model, request.query, hasOther ? { column: null } : null, {
          withPerformance: false,
        });
        const { profile, compare_to: compareTo } = request.query;
        const { comparison, selection } = question;
        const report =
          profile === 'plumbline'
            ? await ownDrift(deps, question)
            : await libraryDrift(deps, question, profile, compareTo);
        return {
          window: windowText(selection),
          profile,
          reference: comparison && {
            kind: comparison.kind,
            from: timeText(comparison.fromMs),
            to: timeText(comparison.toMs),
            n: comparison.profile.events,
          },
          dataset: report.dataset,
          columns: withNames(report.columns),
          attribution: report.attribution && {
            ...report.attribution,
            features: withNames(report.attribution.features),
          },
        };
      },
    );

    app.get(
      '/v1/models/:model/distribution',
      {
        config,
        schema: {
          tags,
          summary: 'Both histograms of a column',
          params: modelParams,
          querystring: commonQuery.extend({ column: z.string().min(1).max(300) }),
          response: { 200: distributionAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const asked = findColumn(model, request.query.column);
        const question = await askQuestion(
          deps,
          model,
          request.query,
          { column: asked.key },
          { columns: [asked.key], withPerformance: false, withAttributions: false },
        );
        return distributionOf(question, asked, await currentProfile(deps, question));
      },
    );

    app.get(
      '/v1/models/:model/timeseries',
      {
        config,
        schema: {
          tags,
          summary: 'One metric over time',
          params: modelParams,
          querystring: asOfQuery.extend({
            metric: z.string().max(100),
            column: z.string().max(300).optional(),
          }),
          response: { 200: timeseriesAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const asked = metricOf(model, request.query.metric, request.query.column);
        const needed = asked.key === '' ? null : { column: asked.key };
        const window = asked.descriptor.readsIntake ? await receiptWindow(deps, model, request.query) : null;
        const query = window
          ? { ...request.query, from: timeText(window.fromMs), to: timeText(window.toMs) }
          : request.query;
        const question = await askQuestion(deps, model, query, needed, seriesNeeds(asked));
        return timeseries(deps, question, asked, request.query.granularity);
      },
    );

    app.get(
      '/v1/models/:model/performance',
      {
        config,
        schema: {
          tags,
          summary: 'How good the predictions were',
          params: modelParams,
          querystring: asOfQuery,
          response: { 200: performanceAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const needs = { columns: [], withAttributions: false };
        const question = await askQuestion(deps, model, request.query, null, needs);
        return {
          window: windowText(question.selection),
          ...asOfText(question.selection),
          compared_to: comparedSide(question),
          ...(await performanceOf(deps, question)),
        };
      },
    );

    app.get(
      '/v1/models/:model/quality',
      {
        config,
        schema: {
          tags,
          summary: 'Missing, unseen and out-of-range values',
          params: modelParams,
          querystring: commonQuery,
          response: { 200: qualityAnswer },
        },
      },
      async (request) => {
        const model = await findModel(db, request);
        const question = await askQuestion(
          deps,
          model,
          request.query,
          { column: null },
          { withPerformance: false, withAttributions: false },
        );
        const nowMs = Date.now();
        const { current, days } = await profileWithDays(deps, question, nowMs);
        const reference = question.comparison?.profile ?? null;
        const report = qualityReport({ binSet: question.body, reference, current });
        const intake = await intakeOf(deps, model, request.query);
        const arrival = await arrivalOf(deps, question, nowMs);
        const sensitive = sensitiveColumns(model);
        return {
          window: windowText(question.selection),
          ...report,
          intake,
          arrival,
          columns: withNames(report.columns).map((column) =>
            sensitive.has(column.column) ? { ...column, unseen_values: [] } : column,
          ),
          expectations: await windowExpectations(deps, question, { current, days, intake, arrival }),
        };
      },
    );

    app.post(
      '/v1/models/:model/slices',
      {
        config,
        schema: {
          tags,
          summary: 'Metrics by group',
          params: modelParams,
          body: deepBody(slicesBody),
          response: { 200: slicesAnswer },
        },
      },
      async (request) => slices(deps, await findModel(db, request), request.body),
    );
  };
