import * as z from 'zod/mini';

/** The members of the group, each with one socket; the first of them send. */
export const MEMBERS = 100;
export const SENDERS = 20;
/** The size of a typical chat message. */
export const MESSAGE_BYTES = 130;
/** Above this latency, people notice a delay. */
export const P99_LIMIT_MS = 250;

/** One step of the climb, as the load generator receives it. */
export const Step = z.object({
  target: z.enum(['edgewise', 'socket.io', 'plain']),
  url: z.string(),
  /** Messages a second, all senders together. */
  rate: z.number(),
  /** The warm-up, at the same rate and not measured. */
  warmUpMs: z.number(),
  measureMs: z.number(),
});
export type Step = z.infer<typeof Step>;

/** The load generator's result. A delivery is one message reaching one socket. */
export const StepResult = z.object({
  deliveries: z.number(),
  /** Deliveries that never arrived, and those that arrived twice. */
  lost: z.number(),
  doubled: z.number(),
  /** From the time at which a message was due, even if the generator was late, to its delivery. */
  medianMs: z.number(),
  p99Ms: z.number(),
  /** The generator's own load, 1 being one core: near 1 it measures itself. */
  generatorLoad: z.number(),
});
export type StepResult = z.infer<typeof StepResult>;

/** Whether the server held the rate. */
export function isHeld(result: StepResult): boolean {
  return result.lost === 0 && result.doubled === 0 && result.p99Ms < P99_LIMIT_MS;
}
