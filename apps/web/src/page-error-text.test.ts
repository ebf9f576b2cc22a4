import { SearchParamError } from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { ApiError } from './api-client.ts';
import { isExpectedError, searchErrorText } from './page-error-text.ts';

it('reads the reasons out of a search error', () => {
  const issues = [{ code: 'custom', message: 'The filter in this link is not JSON.', path: ['filter'] }];
  expect(searchErrorText(new SearchParamError(JSON.stringify(issues)))).toBe(
    'The filter in this link is not JSON.',
  );
  expect(searchErrorText(new SearchParamError('odd'))).toBe('odd');
});

it('tells what can happen in use from a defect', () => {
  expect(isExpectedError(new ApiError({ status: 404, slug: 'unknown-model', title: 'No such model' }))).toBe(
    true,
  );
  expect(isExpectedError(new TypeError('x is not a function'))).toBe(false);
});
