/** One stored event with the truth that is known of it. */
export interface LabelledEvent {
  country: string;
  score: number;
  actual: string | null;
}

export interface ExpectedGroup {
  volume: number;
  labelled: number;
  accuracy: number | null;
  meanScore: number;
}

const positive = 'yes';
const threshold = 0.5;

/** What the product has to answer about some events, worked out from the rows. */
export function expectedGroup(events: readonly LabelledEvent[]): ExpectedGroup {
  const labelled = events.filter(({ actual }) => actual !== null);
  const right = labelled.filter(({ score, actual }) => score >= threshold === (actual === positive)).length;
  return {
    volume: events.length,
    labelled: labelled.length,
    accuracy: labelled.length === 0 ? null : right / labelled.length,
    meanScore: events.reduce((sum, { score }) => sum + score, 0) / events.length,
  };
}

export function expectedByCountry(events: readonly LabelledEvent[]): Map<string, ExpectedGroup> {
  const countries = [...new Set(events.map(({ country }) => country))];
  return new Map(
    countries.map((name) => [name, expectedGroup(events.filter(({ country }) => country === name))]),
  );
}
