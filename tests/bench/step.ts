import * as z from 'zod/mini';

/** A group of this many people, each with one socket; the first of them write. */
export const MEMBERS = 100;
export const SENDERS = 20;
/** What a chat message is like. */
export const MESSAGE_BYTES = 130;
/** Slower than this, people notice that they wait for each other. */
export const P99_LIMIT_MS = 250;

/** One step of the climb, as the load generator is told it. */
export const Step = z.object({
  target: z.enum(['edgewise', 'socket.io']),
  url: z.string(),
  /** Messages a second, all senders together. */
  rate: z.number(),
  /** Sent first, at the same rate, and not measured: everything has to get warm. */
  warmUpMs: z.number(),
  measureMs: z.number(),
});
export type Step = z.infer<typeof Step>;

/** What the load generator saw. A delivery is one message reaching one socket. */
export const StepResult = z.object({
  deliveries: z.number(),
  /** Deliveries that never came, and those that came twice. */
  lost: z.number(),
  doubled: z.number(),
  /** From the time at which a message was due to be sent, whether or not the generator was late, to its delivery. */
  medianMs: z.number(),
  p99Ms: z.number(),
  /** How busy the generator itself was, 1 being one core: near 1 it measures itself. */
  generatorLoad: z.number(),
});
export type StepResult = z.infer<typeof StepResult>;

/** Whether the server held the rate. */
export function isHeld(result: StepResult): boolean {
  return result.lost === 0 && result.doubled === 0 && result.p99Ms < P99_LIMIT_MS;
}
