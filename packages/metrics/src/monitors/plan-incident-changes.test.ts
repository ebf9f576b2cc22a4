import type { Severity } from '@plumbline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Episode } from './fold-episodes.ts';
import { type IncidentPlanStep, type KnownIncident, planIncidentChanges } from './plan-incident-changes.ts';

function episode(
  fromMs: number,
  toMs: number,
  resolved: boolean,
  severity: Severity = 'warning',
  judged = 1,
): Episode {
  const worst = {
    startMs: toMs - 1,
    endMs: toMs,
    judged,
    score: { value: judged, status: 'ok' as const, n: 1000, exactness: 'exact' as const },
    limits: { warning: null, critical: null, isChance: false },
  };
  return { fromMs, openedToMs: toMs, toMs, resolved, severity, worst };
}

function incident(
  id: string,
  from: number,
  to: number,
  status: KnownIncident['status'],
  severity: Severity = 'warning',
): KnownIncident {
  return { id, status, severity, value: 1, breachFrom: new Date(from), breachTo: new Date(to) };
}

/** Carries out a plan as the worker does. */
function apply(incidents: readonly KnownIncident[], steps: readonly IncidentPlanStep[]): KnownIncident[] {
  const result = incidents.map((known) => ({ ...known }));
  for (const { action, episode: of, incidentId } of steps) {
    if (action === 'open') {
      result.push(incident(`new-${result.length}`, 0, 0, 'open', of.severity));
    }
    const target = incidentId === null ? result.at(-1) : result.find(({ id }) => id === incidentId);
    if (!target) throw new Error(`no incident ${incidentId}`);
    if (of) {
      target.breachFrom = new Date(of.fromMs);
      target.breachTo = new Date(of.toMs);
      target.value = of.worst.judged;
      if (of.severity === 'critical') target.severity = 'critical';
    }
    if (action === 'resolve') target.status = 'resolved';
  }
  return result;
}

const sketch = (steps: IncidentPlanStep[]) =>
  steps.map(({ action, episode: of, incidentId }) => `${action} ${incidentId ?? '-'} ${of?.fromMs ?? '-'}`);

describe('planIncidentChanges', () => {
  it.each([
    ['opens an incident for a new episode', [episode(1, 3, false)], [], ['open - 1']],
    ['opens and resolves one that is over', [episode(1, 3, true)], [], ['open - 1', 'resolve - 1']],
    ['does nothing when nothing changed', [episode(1, 3, false)], [incident('a', 1, 3, 'open')], []],
    ['updates bounds and value', [episode(1, 4, false)], [incident('a', 1, 3, 'open')], ['update a 1']],
    [
      'updates an acknowledged incident',
      [episode(1, 4, false)],
      [incident('a', 1, 3, 'acknowledged')],
      ['update a 1'],
    ],
    ['escalates', [episode(1, 4, false, 'critical')], [incident('a', 1, 3, 'snoozed')], ['escalate a 1']],
    ['does not fall back', [episode(1, 3, false)], [incident('a', 1, 3, 'open', 'critical')], []],
    ['resolves with its episode', [episode(1, 3, true)], [incident('a', 1, 3, 'open')], ['resolve a 1']],
    ['resolves what revised data took back', [], [incident('a', 1, 3, 'open')], ['resolve a -']],
    [
      'keeps a resolution while the episode lasts',
      [episode(1, 9, false)],
      [incident('a', 1, 3, 'resolved')],
      [],
    ],
    [
      'opens the next episode',
      [episode(1, 3, true), episode(6, 7, false)],
      [incident('a', 1, 3, 'open')],
      ['resolve a 1', 'open - 6'],
    ],
    [
      'lets an older episode wait',
      [episode(1, 2, true), episode(6, 7, false)],
      [incident('a', 6, 7, 'open')],
      [],
    ],
    [
      'moves on from a breach taken back',
      [episode(6, 7, false)],
      [incident('a', 1, 3, 'open')],
      ['resolve a -', 'open - 6'],
    ],
  ])('%s', (_, episodes, incidents, expected) => {
    expect(sketch(planIncidentChanges(episodes, incidents))).toEqual(expected);
  });

  const spans = fc
    .uniqueArray(fc.nat(40), { maxLength: 8, comparator: 'IsStrictlyEqual' })
    .map((cuts) => cuts.sort((a, b) => a - b))
    .map((cuts) =>
      cuts.flatMap((from, i) => (i % 2 === 0 && cuts[i + 1] !== undefined ? [[from, cuts[i + 1]]] : [])),
    );
  const severities = fc.array(fc.constantFrom<Severity>('warning', 'critical'), {
    minLength: 5,
    maxLength: 5,
  });
  const anyEpisodes = fc
    .record({ spans, severities, isOver: fc.boolean() })
    .map((drawn) =>
      drawn.spans.map(([from = 0, to = 0], i) =>
        episode(
          from,
          to,
          drawn.isOver || i < drawn.spans.length - 1,
          drawn.severities[i] ?? 'warning',
          from + to,
        ),
      ),
    );
  const anyIncidents = fc
    .record({ spans, severities, isOpen: fc.boolean() })
    .map((drawn) =>
      drawn.spans.map(([from = 0, to = 0], i) =>
        incident(
          `i${i}`,
          from,
          to,
          drawn.isOpen && i === 0 ? 'open' : 'resolved',
          drawn.severities[i] ?? 'warning',
        ),
      ),
    );

  it('plans nothing once its plan was carried out, with at most one unresolved incident at every step', () => {
    fc.assert(
      fc.property(anyEpisodes, anyIncidents, (episodes, incidents) => {
        const steps = planIncidentChanges(episodes, incidents);
        for (let i = 0; i <= steps.length; i++) {
          const unresolved = apply(incidents, steps.slice(0, i)).filter(
            ({ status }) => status !== 'resolved',
          );
          expect(unresolved.length).toBeLessThanOrEqual(1);
        }
        expect(planIncidentChanges(episodes, apply(incidents, steps))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
