import type { Question } from './selection.ts';

const time = (text: string) => Date.parse(`2001-${text}Z`);
const airports = ['ORD', 'ATL', 'DFW', 'LAX', 'PHX'];

const all = { from: time('02-01T00:00:00'), to: time('03-23T00:00:00') };
const inside = { from: time('02-20T10:17:23.456'), to: time('03-03T04:05:06.007') };

/** Questions about the flights, by what makes them different. */
export const flightQuestions: Record<string, Question> = {
  everything: all,
  'one day': { from: time('02-14T00:00:00'), to: time('02-15T00:00:00') },
  'whole hours': { from: time('02-14T05:00:00'), to: time('02-17T19:00:00') },
  'within hours': inside,
  'a few flights': { from: time('02-14T04:00:00'), to: time('02-14T06:10:00') },
  'no flights': { from: time('04-20T00:00:00'), to: time('04-21T00:00:00') },
  'one version': { ...all, version: '2001.02' },
  'one version within hours': { ...inside, version: '2001.02' },
  'another environment': { ...all, environment: 'validation' },
  'whole hours against the ones before': {
    from: time('03-05T06:00:00'),
    to: time('03-09T18:00:00'),
    compareTo: 'previous_period',
  },
  'a cohort within hours against another time': {
    ...inside,
    filter: { field: 'tags.haul', op: 'ne', value: 'short' },
    compareTo: { from: time('02-02T03:04:05'), to: time('02-11T11:11:11') },
  },
  'a cohort': { ...all, filter: { field: 'features.origin', op: 'in', value: airports } },
  'a cohort by score and tag': {
    ...inside,
    filter: {
      and: [
        { field: 'prediction_score', op: 'between', value: [0.1, 0.4] },
        {
          or: [
            { field: 'tags.haul', op: 'eq', value: 'long' },
            { field: 'features.hour', op: 'gte', value: 17 },
          ],
        },
        { not: { field: 'features.destination', op: 'contains', value: 'A' } },
      ],
    },
  },
  'a cohort with missing values': {
    ...all,
    version: '2001.01',
    filter: {
      or: [
        { field: 'features.origin_late_share_1h', op: 'is_null' },
        { field: 'features.distance', op: 'lt', value: 200 },
      ],
    },
  },
};
