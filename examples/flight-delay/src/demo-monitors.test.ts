import { monitorBody } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { ownMonitors } from './demo-monitors.ts';

test('the demo monitors fit the contract and warn before they are critical', () => {
  const [mix, accuracy] = ownMonitors(0.7512, 'channel-1').map((body) => monitorBody.parse(body));
  expect(mix?.threshold).toMatchObject({ warning: 0.1, critical: 0.25, direction: 'above' });
  expect(accuracy?.threshold).toMatchObject({ warning: 0.721, critical: 0.691, direction: 'below' });
});
