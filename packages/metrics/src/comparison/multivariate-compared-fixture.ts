import { encodeSamples } from '../multivariate/encode-samples.ts';
import { reconstructionDrift } from '../multivariate/reconstruction-drift.ts';
import { referenceSample, windowSamples } from '../multivariate/sample-fixture.ts';
import { type Compared, compared, readJson, type Versions } from './compared-fixture.ts';

/** Drift of all columns together on the same rows. */
export function multivariateMethods(): Compared[] {
  const { versions } = readJson<{ versions: Versions }>('metrics/fixtures/multivariate.fixture.json');
  const { times } = referenceSample;
  return windowSamples.map(({ title, sample, reconstruction }) => {
    const [reference = [], current = []] = encodeSamples([referenceSample, sample]);
    const { value } = reconstructionDrift({ reference, current, times, windowMs: 1000 });
    return compared('PCA reconstruction error', title, value, reconstruction, `nannyml ${versions.nannyml}`);
  });
}
