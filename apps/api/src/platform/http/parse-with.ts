import type { z } from 'zod';
import { ProblemError, type ProblemKind } from '../errors/problem.js';

/** Checks a value against a schema; what does not fit becomes a problem that names each place. */
export function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  kind: ProblemKind = 'invalid',
  code = 'HTTP_REQUEST_INVALID',
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map((issue) => ({
    code,
    detail: `${issue.path.join('.') || 'The request'}: ${issue.message}`,
    pointer: issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    howToFix: 'Compare it with the description of this address at /docs.',
  }));
  const first = errors[0] ?? {
    code,
    detail: 'The request does not fit.',
    pointer: '',
    howToFix: 'Compare it with its description at /docs.',
  };
  throw new ProblemError(kind, { ...first, ...(errors.length > 1 && { errors }) });
}
