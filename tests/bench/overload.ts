import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

/** An overload, as the load generator receives it. */
export const Overload = z.object({
  url: z.string(),
  clients: z.number(),
  /** Messages a second, all clients together. */
  rate: z.number(),
  forMs: z.number(),
});
export type Overload = z.infer<typeof Overload>;

/** The result of an overload. */
export const OverloadResult = z.object({
  /** Messages that the clients offered, and those that were acknowledged in the end. */
  offered: z.number(),
  acknowledged: z.number(),
  /** From the first message to the last acknowledgement. */
  tookMs: z.number(),
  /** How often clients were asked to wait, and were disconnected, by close code. */
  toldToWait: z.number(),
  closed: z.record(z.string(), z.number()),
  /** A client that only reads: the longest time without a message, until all were acknowledged. */
  longestSilenceMs: z.number(),
  /** A client that opens the group every second: from the upgrade to the state. */
  newcomers: z.number(),
  newcomerMedianMs: z.number(),
  newcomerSlowestMs: z.number(),
  /** Acknowledged messages that the server does not have, and messages that it has twice. */
  lost: z.number(),
  doubled: z.number(),
  /** Clients that, after resuming, do not have what the server has. */
  differing: z.array(z.string()),
});
export type OverloadResult = z.infer<typeof OverloadResult>;

/** Offers a load from a separate process, so that nothing else shares a thread with the clients. */
export async function offer(load: Overload): Promise<OverloadResult> {
  const generator = join(import.meta.dirname, 'overload-generator.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [generator, JSON.stringify(load)]);
  return OverloadResult.parse(JSON.parse(stdout));
}
