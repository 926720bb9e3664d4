import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

/** More than a Room can take, as the load generator is told it. */
export const Overload = z.object({
  url: z.string(),
  clients: z.number(),
  /** Messages a second, all clients together. */
  rate: z.number(),
  forMs: z.number(),
});
export type Overload = z.infer<typeof Overload>;

/** What became of it. */
export const OverloadResult = z.object({
  /** Messages that the clients had to say, and those that were acknowledged in the end. */
  offered: z.number(),
  acknowledged: z.number(),
  /** From the first message to the last acknowledgement. */
  tookMs: z.number(),
  /** How often a client was told to wait, and how often disconnected, by code. */
  toldToWait: z.number(),
  closed: z.record(z.string(), z.number()),
  /** Somebody who only reads: the longest time without a message, until all were acknowledged. */
  longestSilenceMs: z.number(),
  /** Somebody who opens the group every second: from the upgrade to the state. */
  newcomers: z.number(),
  newcomerMedianMs: z.number(),
  newcomerSlowestMs: z.number(),
  /** Acknowledged messages that the server does not have, and messages that it has twice. */
  lost: z.number(),
  doubled: z.number(),
  /** Who, having resumed, does not hold what the server has. */
  differing: z.array(z.string()),
});
export type OverloadResult = z.infer<typeof OverloadResult>;

/** Lets a process of its own offer it, so that nothing else shares a thread with the clients. */
export async function offer(load: Overload): Promise<OverloadResult> {
  const generator = join(import.meta.dirname, 'overload-generator.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [generator, JSON.stringify(load)]);
  return OverloadResult.parse(JSON.parse(stdout));
}
