import * as z from 'zod/mini';
import { eraseKept } from '../session/local-names.ts';
import { type OutboxStore, outboxStore } from './outbox/store.ts';

const CHANNEL = 'edgewise-forgotten';
const Forgotten = z.object({ userId: z.string() });

/** How a person is forgotten on this machine, in all of its tabs. */
export interface Forgetting {
  /**
   * Deletes all that this machine keeps of the person: drafts, unsent messages, groups, habits. What holds some of it in memory is
   * told first, here and in other tabs, or it would store that again.
   */
  forgetPerson(userId: string): Promise<void>;
  /** How many messages and changes of the person are stored here and not acknowledged. */
  countUnsent(userId: string): Promise<number>;
  /** Calls back when somebody is forgotten, in whatever tab; the answer ends it. */
  watch(forgotten: (userId: string) => void): () => void;
}

/** One for a page; what others are told, they delete once more, after whatever they were storing just then. */
export function openForgetting(store: Pick<OutboxStore, 'forget' | 'count'>): Forgetting {
  const listeners = new Set<(userId: string) => void>();
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

  async function forget(userId: string): Promise<void> {
    for (const listener of listeners) listener(userId);
    eraseKept(userId);
    await store.forget(userId);
  }

  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const forgotten = Forgotten.safeParse(data);
    if (forgotten.success) void forget(forgotten.data.userId);
  });

  return {
    async forgetPerson(userId) {
      channel?.postMessage({ userId });
      await forget(userId);
    },
    countUnsent: (userId) => store.count(userId),
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The one of this page. */
export const forgetting: Forgetting = openForgetting(outboxStore);
