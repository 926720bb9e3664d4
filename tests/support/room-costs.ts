import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { COSTS_PATH } from '../../local/room-costs.ts';
import { eventually } from './eventually.ts';

/** What decides whether a Room is quiet: what it reads does not, and asking reads. */
const RoomCostsAnswer = z.object({
  rows: z.int(),
  alarms: z.int(),
  mirrored: z.int(),
  alarmAt: z.nullable(z.int()),
});

type RoomCosts = z.infer<typeof RoomCostsAnswer>;

const SOON_MS = 3_600_000;

/** The rows of some work: those of the Room, alarms included, and those of its mirror in D1. */
export interface Cost {
  room: number;
  d1: number;
}

/** The rows that a Room of the Edgewise at `url` has read since it woke. */
export async function rowsReadIn(url: string, groupId: string): Promise<number> {
  const answer = await fetch(new URL(`${COSTS_PATH}?groupId=${groupId}`, url));
  return z.object({ read: z.int() }).parse(await answer.json()).read;
}

/** Counts what a Room of the Edgewise at `url` writes. It is quiet when it has nothing left to do. */
export class RoomCounter {
  readonly #costs: () => Promise<RoomCosts>;
  readonly #quietForMs: number;
  #before: RoomCosts | undefined;

  /** `quietForMs` is longer than the Room's own delays. */
  constructor(url: string, groupId: string, quietForMs: number) {
    const address = new URL(`${COSTS_PATH}?groupId=${groupId}`, url);
    this.#costs = async () => RoomCostsAnswer.parse(await (await fetch(address)).json());
    this.#quietForMs = quietForMs;
  }

  /** Waits until the Room is quiet, and counts from then on. */
  async start(): Promise<void> {
    this.#before = await this.#quiet();
  }

  /** What the Room has written since `start`, once it is quiet again. */
  async stop(): Promise<Cost> {
    const before = this.#before;
    if (!before) throw new Error('the counter was not started');
    const after = await this.#quiet();
    const room = after.rows + after.alarms - before.rows - before.alarms;
    return { room, d1: after.mirrored - before.mirrored };
  }

  async #quiet(): Promise<RoomCosts> {
    let last = await this.#costs();
    await eventually(async () => {
      await sleep(this.#quietForMs);
      const earlier = last;
      last = await this.#costs();
      // What is due within a day, as files that nobody sends are, is no sign of work.
      const isQuiet = last.alarmAt === null || last.alarmAt > Date.now() + SOON_MS;
      if (!isQuiet || JSON.stringify(last) !== JSON.stringify(earlier)) {
        throw new Error('the Room is not quiet');
      }
    }, 20 * this.#quietForMs);
    return last;
  }
}
