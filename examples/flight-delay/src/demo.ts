import { setTimeout as wait } from 'node:timers/promises';
import type {
  DriftAnswer,
  ExplanationAnswer,
  IngestStatus,
  PerformanceAnswer,
  SlicesAnswer,
  TimeseriesAnswer,
} from '@plumbline/contracts';
import { type ApiClient, type ApiTarget, createApiClient } from './api-client.ts';
import {
  byDrift,
  driftLines,
  explanationLines,
  performanceLines,
  weakestLines,
  weekLines,
} from './demo-findings.ts';
import { connectMonitors, createChannel } from './demo-monitors.ts';
import { loadFlightModel } from './model.ts';
import { describeMessage } from './received-page.ts';
import { postReference, replayDays } from './replay.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

const modelSlug = 'flight-delay';
const production = { from: '2001-02-01', to: '2001-07-01' };
const defaultMaxEvents = 170_000;
const explainEveryNth = 50;
const cohortFloor = 300;
const printedMessages = 8;
const columnsSearched = ['features.origin', 'features.hour'];
const deadlineMs = 90_000;

export interface DemoOptions extends ApiTarget {
  /** Takes one line of what is happening. */
  say: (line: string) => void;
  /** About how many flights of February to June are replayed. Default 170,000 of 2.5 million. */
  maxEvents?: number;
  /** Port of the webhook receiver on 127.0.0.1. Default: a free one. */
  receiverPort?: number;
}

export interface RunningDemo {
  receiverUrl: string;
  /** Stops the webhook receiver; until then its page keeps listing what arrives. */
  close: () => Promise<void>;
}

/**
 * Replays six months of flights into a running server and asks it what it saw. Every figure said comes from an answer
 * of that server. The server must allow webhooks to loopback (`WEBHOOK_ALLOW_PRIVATE=true`) and the key needs the
 * scope `admin`. Running it again stores nothing twice.
 */
export async function runDemo(options: DemoOptions): Promise<RunningDemo> {
  const { say, signal, baseUrl } = options;
  const startedAt = Date.now();
  const client = createApiClient(options);
  const model = loadFlightModel();
  const receiver = await startWebhookReceiver((message) => {
    const count = receiver.messages.length;
    if (count <= printedMessages) say(`  webhook received, signature verified: ${describeMessage(message)}`);
    if (count === printedMessages) say(`  further webhooks are listed at ${receiver.url}`);
  }, options.receiverPort);
  try {
    say(`Webhook receiver listening at ${receiver.url}`);
    const channel = await createChannel(client, receiver.url);
    receiver.trust(channel.secret);
    say('Created a webhook channel that points to it.');

    say('Uploading January 2001 as the reference ...');
    const reference = await postReference({ ...options, modelSlug }, model);
    say(
      `  ${reference.events} flights, accuracy ${reference.accuracy.toFixed(3)} at threshold ${model.decision_threshold}.`,
    );
    const monitors = await connectMonitors(client, modelSlug, channel.id, reference.accuracy);
    say(`Connected ${monitors.defaults} monitors to the channel and set up: ${monitors.own.join('; ')}.`);

    say('Replaying February to June 2001; labels arrive a day late ...');
    let saidMonth = '';
    const replayStartedAt = Date.now();
    const replay = await replayDays(
      {
        ...options,
        ...production,
        modelSlug,
        maxEvents: options.maxEvents ?? defaultMaxEvents,
        explainEveryNth,
        onProgress: ({ day, events }) => {
          if (day.slice(0, 7) === saidMonth) return;
          saidMonth = day.slice(0, 7);
          say(`  ${saidMonth}: ${events} events acknowledged so far`);
        },
      },
      model,
    );
    const seconds = (Date.now() - replayStartedAt) / 1000;
    say(
      `  every ${replay.everyNth}th flight: ${replay.events} new events and ${replay.actuals} labels in ${seconds.toFixed(1)} s` +
        ` (${replay.duplicates} already known, ${replay.rejected} rejected).`,
    );

    await waitUntil('the columns to catch up', signal, say, async () => {
      const status = await client<IngestStatus>('GET', `/models/${modelSlug}/ingest-status`);
      return status.mirrored_events >= status.events;
    });
    await sayFindings(client, say, replay.topExplained?.predictionId);

    await waitUntil('a webhook', signal, say, async () => receiver.messages.length > 0);
    say(`${receiver.messages.length} webhooks received so far.`);
    say(`Done in ${((Date.now() - startedAt) / 1000).toFixed(0)} s. Open:`);
    say(`  ${baseUrl}  the dashboard`);
    say(`  ${new URL('/docs', baseUrl)}  the API`);
    say(`  ${receiver.url}  what the webhook receiver got`);
    return { receiverUrl: receiver.url, close: receiver.close };
  } catch (error) {
    await receiver.close();
    throw error;
  }
}

async function sayFindings(client: ApiClient, say: DemoOptions['say'], explainedId: string | undefined) {
  const model = `/models/${modelSlug}`;
  const range = new URLSearchParams({
    from: `${production.from}T00:00:00Z`,
    to: `${production.to}T00:00:00Z`,
  });
  const sayAll = (title: string, lines: string[]) => {
    say(title);
    for (const line of lines) say(`  ${line}`);
  };

  const drift = await client<DriftAnswer>('GET', `${model}/drift?${range}`);
  sayAll('How far is production from January?', driftLines(drift));
  const moved = byDrift(drift)[0];
  if (moved) {
    const query = new URLSearchParams({
      ...Object.fromEntries(range),
      granularity: 'week',
      metric: moved.column.primary,
      column: moved.column.column,
    });
    const weeks = await client<TimeseriesAnswer>('GET', `${model}/timeseries?${query}`);
    sayAll('When did it move most?', weekLines(weeks));
  }
  sayAll(
    'How good are the predictions?',
    performanceLines(await client<PerformanceAnswer>('GET', `${model}/performance?${range}`)),
  );
  for (const column of columnsSearched) {
    const slices = await client<SlicesAnswer>(
      'POST',
      `${model}/slices`,
      {
        group_by: [column],
        metrics: ['accuracy', 'volume'],
        ...Object.fromEntries(range),
        order_by: 'accuracy',
        limit: 1000,
      },
      { isRepeatable: true },
    );
    sayAll('Where are they weak?', weakestLines(slices, column, cohortFloor));
  }
  if (explainedId === undefined) return;
  const explanation = await client<ExplanationAnswer>(
    'GET',
    `${model}/events/${explainedId}/explanation?audience=data_scientist`,
  );
  sayAll('Why was this flight scored so high?', explanationLines(explanation));
}

/** Asks every half second; says so and goes on when the deadline passes. */
async function waitUntil(
  what: string,
  signal: AbortSignal | undefined,
  say: DemoOptions['say'],
  isDone: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await isDone())) {
    if (Date.now() > deadline) {
      say(`  waited ${deadlineMs / 1000} s for ${what}; going on without.`);
      return;
    }
    await wait(500, undefined, signal ? { signal } : {});
  }
}
