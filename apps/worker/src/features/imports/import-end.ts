import { type ImportProblem, type Problem, problems } from '@plumbline/contracts';

/** How an import ended, as it is stored. */
export interface ImportEnd {
  status: 'done' | 'failed' | 'cancelled';
  problem: ImportProblem | null;
}

/** An import that failed for a reason its owner can act on. */
export function failedWith({ slug, options }: Problem): ImportEnd {
  const { title } = problems[slug];
  return { status: 'failed', problem: { slug, title, detail: options.detail ?? `${title}.` } };
}
