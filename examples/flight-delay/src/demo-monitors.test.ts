import { monitorBody } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { ownMonitors } from './demo-monitors.ts';

test('the demo monitors fit the contract and warn before they are critical', () => {
  const [late, accuracy] = ownMonitors('channel-1', 0.7644).map((body) => monitorBody.parse(body));
  expect(late?.threshold).toMatchObject({ warning: 0.2, critical: 0.4, direction: 'above' });
  expect(accuracy?.threshold).toMatchObject({ warning: 0.744, critical: 0.714, direction: 'below' });
});
