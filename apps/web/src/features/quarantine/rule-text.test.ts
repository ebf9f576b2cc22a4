import { mappingRule } from '@plumbline/contracts';
import { expect, test } from 'vitest';
import { draftedRule, emptyDraft, ruleField, ruleText } from './rule-text.ts';

test.each([
  ['/features/distance', 'features.distance'],
  ['/features/a~1b~0c', 'features.a/b~c'],
  ['/prediction_score', 'prediction_score'],
  ['/tags/x.y', 'tags.x.y'],
  ['', ''],
])('the field of %s is %s', (pointer, field) => {
  expect(ruleField(pointer)).toBe(field);
});

test.each([
  [{ kind: 'convert' }, 'Turn features.a from string into number'],
  [{ kind: 'rename', target: 'features.b' }, 'Take features.a as features.b'],
  [{ kind: 'set_missing', values: ['n/a', '-1'] }, 'Treat "n/a", "-1", -1 in features.a as missing'],
] as const)('a draft of %j is a rule: %s', (change, text) => {
  const rule = draftedRule({
    ...emptyDraft('features.a'),
    ...change,
    values: [...('values' in change ? change.values : [])],
  });
  expect(ruleText(mappingRule.parse(rule))).toBe(text);
});

test.each([{ field: '' }, { from: 'number' }, { kind: 'rename' as const }, { kind: 'set_missing' as const }])(
  'a draft with %j is no rule yet',
  (change) => {
    expect(mappingRule.safeParse(draftedRule({ ...emptyDraft('features.a'), ...change })).success).toBe(
      false,
    );
  },
);
