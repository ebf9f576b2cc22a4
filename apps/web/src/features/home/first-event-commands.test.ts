import { eventsBody, modelBody } from '@plumbline/contracts';
import { expect, it } from 'vitest';
import { firstEventCommands } from './first-event-commands.ts';

const parts = { origin: 'https://ml.example', key: 'pl_key', now: new Date('2026-01-02T03:04:05Z') };
const bodies = (commands: string) =>
  [...commands.matchAll(/-d '(.+)'/g)].map((match) => JSON.parse(match[1] ?? '') as unknown);

it('makes a model and posts an event, both as the contract wants them', () => {
  const commands = firstEventCommands({ ...parts, model: null });
  const [model, events] = bodies(commands);
  expect(modelBody.safeParse(model).success).toBe(true);
  expect(eventsBody.safeParse(events).success).toBe(true);
  expect(commands).toContain('https://ml.example/v1/models/my-model/events');
  expect(commands).toContain('Bearer pl_key');
});

it('only posts an event when the model is there already', () => {
  expect(bodies(firstEventCommands({ ...parts, model: 'flights' }))).toHaveLength(1);
});
