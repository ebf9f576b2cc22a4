import type { EventBodies } from './event-bodies.ts';
import { type HttpClient, inLanes } from './http-client.ts';

const connections = 4;

/** A binary model that learns its features from the first events. */
export async function createModel(http: HttpClient, slug: string): Promise<void> {
  await http.put(`/v1/models/${slug}`, {
    task: 'binary_classification',
    positive_label: 'late',
    decision_threshold: 0.5,
  });
}

/** Posts every body on 4 connections. @throws Error unless every event is accepted as a new one */
export async function postBodies(
  http: HttpClient,
  slug: string,
  { bodies, perBody }: EventBodies,
): Promise<void> {
  await inLanes(bodies, connections, async (body) => {
    const { accepted } = await http.post<{ accepted: number }>(`/v1/models/${slug}/events`, body);
    if (accepted !== perBody) throw new Error(`only ${accepted} of ${perBody} accepted`);
  });
}
