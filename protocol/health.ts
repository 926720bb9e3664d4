import * as z from 'zod/mini';

const HealthCheck = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  ms: z.number(),
  detail: z.optional(z.string()),
});

/** The answer of `GET /api/health`. */
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  time: z.int(),
  checks: z.object({ http: HealthCheck, d1: HealthCheck, r2: HealthCheck, rooms: HealthCheck }),
});
export type Health = z.infer<typeof Health>;
