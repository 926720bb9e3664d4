import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { fail } from '../../../protocol/errors.ts';

// Without a language the schema library calls every fault without words of ours "Invalid input".
z.config(en());

/** The part of a request that `invalid` names: one of these, or a header by its name. */
export type RequestPart = 'body' | 'query' | 'Idempotency-Key';

/**
 * `invalid`, with what is wrong at each field. A fault of the whole is said about `part`, and of a place inside of a
 * field by its path (`memberIds.3`).
 */
export function invalid(error: z.core.$ZodError, part: RequestPart): ReturnType<typeof fail> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join('.') || part] ??= issue.message;
  const sentences = Object.entries(fields).map(([field, fault]) => `${field}: ${fault}`);
  return fail('invalid', `Check the ${part}: ${sentences.join('; ')}.`, { fields });
}
