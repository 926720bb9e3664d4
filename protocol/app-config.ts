import * as z from 'zod/mini';
import { named } from './named.ts';

/** The answer of `GET /api/config`: what the page needs before sign-in. */
export const AppConfig = z.object({
  publishableKey: z.string(),
  proxyUrl: z.optional(z.string()),
  /** Names that anyone may sign in with. Only the local stand-in for Clerk sets it. */
  demo: z.optional(z.array(z.string())),
  limits: named(z.number()),
});
export type AppConfig = z.infer<typeof AppConfig>;
