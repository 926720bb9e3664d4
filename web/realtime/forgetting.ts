import * as z from 'zod/mini';
import { eraseLocalNames } from '../session/local-names.ts';
import { type OutboxStore, outboxStore } from './outbox/store.ts';

const CHANNEL = 'edgewise-forgotten';
const Forgotten = z.object({ userId: z.string() });

/** Deletes what this machine stores of a user, in all tabs. */
export interface Forgetting {
  /**
   * Deletes everything stored here of the user: drafts, the outbox, cached groups, preferences. Watchers are notified
   * first, in this tab and in others, because they hold copies in memory and would store them again.
   */
  forgetPerson(userId: string): Promise<void>;
  /** How many messages and changes of the user are stored here and not acknowledged. */
  countUnsent(userId: string): Promise<number>;
  /** Calls back when a user is forgotten in any tab, until the returned function is called. */
  watch(forgotten: (userId: string) => void): () => void;
}

/**
 * Opens the channel between the tabs; one per page. A tab that is notified deletes once more, after its own pending
 * writes.
 */
export function openForgetting(store: Pick<OutboxStore, 'forget' | 'count'>): Forgetting {
  const listeners = new Set<(userId: string) => void>();
  const channel =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);

  async function forget(userId: string): Promise<void> {
    for (const listener of listeners) listener(userId);
    eraseLocalNames(userId);
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

/** The instance of this page. */
export const forgetting: Forgetting = openForgetting(outboxStore);
