import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../random-fixture.ts';
import { provisionalWindows } from './provisional-windows.ts';

const of = (labelled: number[], events = 200) =>
  provisionalWindows(labelled.map((n) => ({ events: n < 0 ? 0 : events, labelled: Math.max(0, n) })))
    .map((isProvisional) => (isProvisional ? 'p' : '.'))
    .join('');

describe('provisional windows', () => {
  it.each([
    ['of full coverage', [200, 200, 200, 200], '....'],
    ['whose labels fade out at the end', [200, 199, 200, 198, 170, 90, 10, 0], '.....ppp'],
    ['with a gap that fuller windows follow', [200, 200, 20, 200, 200, 200], '......'],
    ['with a gap before the young ones', [200, 200, 20, 200, 200, 200, 40], '......p'],
    ['of a model that labels every tenth event', [20, 22, 18, 21, 19, 13], '......'],
    ['of the same model, the last one without a label', [20, 22, 18, 21, 19, 0], '.....p'],
    ['without events between', [200, -1, 200, 200, -1, 30, -1], '.....p.'],
    ['of which most are young', [200, 200, 120, 60, 20, 0], '..pppp'],
    ['without any label', [0, 0, 0], '...'],
    ['that are none', [], ''],
  ])('%s', (_, labelled, expected) => {
    expect(of(labelled)).toBe(expected);
  });

  it('of few events are not called young by chance', () => {
    const { uniform } = randomNumbers(5);
    let called = 0;
    for (let run = 0; run < 500; run++) {
      const labelled = Array.from({ length: 20 }, () => {
        let n = 0;
        for (let i = 0; i < 40; i++) n += uniform() < 0.5 ? 1 : 0;
        return n;
      });
      called += of(labelled, 40).includes('p') ? 1 : 0;
    }
    expect(called / 500).toBeLessThan(0.06);
  });

  it('stand at the end, after the last window that has come to the usual coverage', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: 200 }), { maxLength: 30 }), (labelled) => {
        const marks = of(labelled);
        expect(marks).toHaveLength(labelled.length);
        const filled = [...marks].filter((_, i) => (labelled[i] ?? -1) >= 0).join('');
        expect(filled).toMatch(/^\.*p*$/);
      }),
    );
  });
});
