import { fairnessReport } from '../fairness/fairness-report.ts';
import { groupsOf } from '../fairness/outcomes-fixture.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

interface FairlearnCase {
  title: string;
  groups: [number, number, number, number][];
  demographicParityDifference: number;
  demographicParityRatio: number;
  equalOpportunityDifference: number;
  equalizedOddsDifference: number;
  equalizedOddsRatio: number;
}

/** How far groups lie apart, of data on which every group has every rate. */
export function fairnessMethods(): Compared[] {
  const { versions, cases } = readJson<{ versions: Versions; cases: FairlearnCase[] }>(
    'metrics/fixtures/fairness.fixture.json',
  );
  const library = `fairlearn ${versions.fairlearn}`;
  return cases.slice(3, 8).flatMap(({ title, groups, ...theirs }) => {
    const { disparities } = fairnessReport(
      {
        task: 'binary_classification',
        attributes: [{ field: 'features.g' }],
        favourableLabel: 'late',
        referenceGroup: null,
      },
      groupsOf(groups),
    );
    const of = (name: string) => disparities.find(({ disparity }) => disparity === name);
    return [
      compared(
        'Demographic parity difference',
        title,
        of('demographic_parity')?.difference,
        theirs.demographicParityDifference,
        library,
      ),
      compared(
        'Demographic parity ratio',
        title,
        of('demographic_parity')?.ratio,
        theirs.demographicParityRatio,
        library,
      ),
      compared(
        'Equal opportunity difference',
        title,
        of('equal_opportunity')?.difference,
        theirs.equalOpportunityDifference,
        library,
      ),
      compared(
        'Equalized odds difference',
        title,
        of('equalized_odds')?.difference,
        theirs.equalizedOddsDifference,
        library,
      ),
      compared(
        'Equalized odds ratio',
        title,
        of('equalized_odds')?.ratio,
        theirs.equalizedOddsRatio,
        library,
      ),
    ];
  });
}
