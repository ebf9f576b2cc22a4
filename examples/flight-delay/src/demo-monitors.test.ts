import { monitorBody } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { ownMonitors } from './demo-monitors.ts';

test('the demo monitor fits the contract and warns before it is critical', () => {
  const [mix] = ownMonitors('channel-1').map((body) => monitorBody.parse(body));
  expect(mix?.threshold).toMatchObject({ warning: 0.1, critical: 0.25, direction: 'above' });
});
