import { toColumnarModel } from '@plumbline/columnar';
import type { CommonQuery, DriftAnswer } from '@plumbline/contracts';
import {
  type DriftLibrary,
  type DriftReport,
  driftReport,
  libraryColumn,
  libraryReport,
} from '@plumbline/metrics';
import type { Deps } from '../../deps.ts';
import { badQuery } from '../../page.ts';
import { liveParts } from './live-parts.ts';
import { currentProfile, type Question } from './question.ts';

type Sources = Pick<Deps, 'db' | 'columnar'>;

/** Rows of a side that are read one by one at most. */
const mostRows = 200_000;

/** The parts and the rows of the other side of a comparison. */
export async function otherSide(
  sources: Sources,
  { model, selection, comparison }: Question,
  compareTo: CommonQuery['compare_to'],
) {
  if ((compareTo ?? 'reference') === 'reference') {
    const { filter } = selection;
    const parts = await sources.db.parts.live(model.id, { kinds: ['reference'] });
    return { parts, selection: filter === undefined ? {} : { filter } };
  }
  const range = { ...selection, fromMs: comparison?.fromMs ?? 0, toMs: comparison?.toMs ?? 0 };
  return { parts: await liveParts(sources, model.id, range), selection: range };
}

/**
 * Drift by the default rules of another library, from the rows themselves, which bins cannot replace there: as good as
 * running that library on the rows of both windows in order of time. @throws Problem 422 for more rows than that is
 * done for
 */
export async function libraryDrift(
  sources: Sources,
  question: Question,
  library: DriftLibrary,
  compareTo: CommonQuery['compare_to'],
): Promise<DriftReport> {
  const { model, body, selection } = question;
  const columnarModel = toColumnarModel(model);
  const sides = {
    reference: await otherSide(sources, question, compareTo),
    current: { parts: await liveParts(sources, model.id, selection), selection },
  };
  for (const { parts, selection: of } of Object.values(sides)) {
    const rows = await sources.columnar.count(columnarModel, parts, of);
    if (rows > mostRows)
      throw badQuery('profile', `reads every row, and a side has more than ${mostRows}: ask for less`);
  }
  const columns: DriftAnswer['columns'] = [];
  for (const { column, kind } of body.columns) {
    const [reference, current] = await Promise.all(
      [sides.reference, sides.current].map(({ parts, selection: of }) =>
        sources.columnar.columnValues(columnarModel, parts, of, column, mostRows),
      ),
    );
    columns.push(
      libraryColumn(library, column, { kind, reference: reference ?? [], current: current ?? [] }),
    );
  }
  const current = await currentProfile(sources, question);
  return libraryReport(columns, { binSet: body, reference: question.comparison?.profile ?? null, current });
}

/** Drift by the platform's own rules, from profiles. */
export async function ownDrift(sources: Sources, question: Question): Promise<DriftReport> {
  const current = await currentProfile(sources, question);
  return driftReport({ binSet: question.body, reference: question.comparison?.profile ?? null, current });
}
