import { once } from 'node:events';
import { request } from 'node:http';
import { eventBodies } from './event-bodies.ts';
import { count, megabytes, type PartResult } from './measurements.ts';
import { createModel } from './post-bodies.ts';
import { memoryOf } from './process-tree.ts';
import { apiKey, type Product, startProduct } from './product.ts';

const streamBytes = 2e9;
const eventsAtATime = 40_000;
const limit = 1e9;
/** How much higher the second half of a stream may reach: collectors take their time. */
const growth = 1.15;
const slug = 'stream';

/** One request whose body is `streamBytes` of NDJSON, sent as fast as it is taken. */
async function postStream({ url }: Product): Promise<number> {
  const events = await eventBodies(eventsAtATime, 1);
  const posting = request(`${url}/v1/models/${slug}/events?model_version=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/x-ndjson' },
  });
  const answered = once(posting, 'response');
  let sent = 0;
  for (let round = 1; sent < streamBytes; round++) {
    events.renumber(round);
    const rows = events.bodies.map((body) => JSON.stringify(JSON.parse(body.toString()).events[0]));
    const lines = Buffer.from(`${rows.join('\n')}\n`);
    sent += lines.length;
    if (!posting.write(lines)) await once(posting, 'drain');
  }
  posting.end();
  const [answer] = await answered;
  let text = '';
  for await (const chunk of answer) text += chunk;
  const { accepted } = JSON.parse(text) as { accepted: number };
  if (accepted % eventsAtATime !== 0) throw new Error(`only ${accepted} events of the stream were accepted`);
  return accepted;
}

/** The API's memory while one endless body comes in. */
export async function benchStreamMemory(): Promise<PartResult> {
  const product = await startProduct();
  const samples: number[] = [];
  const sampler = setInterval(() => {
    const api = memoryOf(process.pid, { exact: false }).find(({ name }) => name === 'api');
    if (api) samples.push(api.rss);
  }, 100);
  try {
    await createModel(product.http, slug);
    const accepted = await postStream(product);
    const half = Math.floor(samples.length / 2);
    const [first, second] = [Math.max(...samples.slice(0, half)), Math.max(...samples.slice(half))];
    return {
      title: 'Memory of one long stream',
      method: `One NDJSON request of ${streamBytes / 1e9} GB, ${count(accepted)} events, sent as fast as the API takes it; its RSS each 100 ms. A stream that is held anywhere would make the second half higher than the first (at most ${growth} times).`,
      lines: [
        { what: 'peak of the API, first half', value: megabytes(first), passed: first < limit },
        { what: 'peak of the API, second half', value: megabytes(second), passed: second < growth * first },
      ],
    };
  } finally {
    clearInterval(sampler);
    await product.stop();
  }
}
