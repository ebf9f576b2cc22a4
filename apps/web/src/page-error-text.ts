import { SearchParamError } from '@tanstack/react-router';
import { ApiError } from './api-client.ts';

/** An error that a page may meet in use and explains itself: not a defect of the app. */
export const isExpectedError = (error: unknown): error is ApiError | SearchParamError =>
  error instanceof ApiError || error instanceof SearchParamError;

/** Why the settings in a link cannot be read, in one sentence. */
export function searchErrorText(error: SearchParamError): string {
  try {
    const issues = JSON.parse(error.message) as { message?: string }[];
    return issues.map((issue) => issue.message ?? '').join(' ');
  } catch {
    return error.message;
  }
}
