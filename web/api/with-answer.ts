import type * as z from 'zod/mini';

/**
 * What is known after a change: `before`, with the fields that `change` names as the server's answer has them. An event may
 * have come before the answer, so that the rest of the answer is older. Without `before` it is the answer.
 */
export function withAnswer<T extends object>(
  schema: z.ZodMiniType<T>,
  { before, change, answer }: { before: T | undefined; change: object; answer: T },
): T {
  if (!before) return answer;
  const kept = Object.entries(before).filter(([field]) => !(field in change));
  const changed = Object.entries(answer).filter(([field]) => field in change);
  return schema.parse(Object.fromEntries([...kept, ...changed]));
}
