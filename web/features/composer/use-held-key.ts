import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { CompletionKeys } from './completion-list.tsx';
import type { CompletionQuery } from './completion-query.ts';

/** Enter then does what it does without a list: longer than a slow network takes, shorter than patience. */
const LONGEST_WAIT_MS = 3_000;

type FieldEvent = KeyboardEvent<HTMLTextAreaElement>;

/** An Enter or Tab that was pressed before the list of completions could open. */
export interface HeldKey {
  /** Keeps the key until the list opens, has nothing to offer, or takes too long. */
  hold(event: FieldEvent): void;
  /** Whether a key is held. Any other key ends that. */
  isHeld(): boolean;
  release(): void;
  /** The list has its suggestions: it gets the key, and with none of them `passOn` does. */
  settle(): void;
}

/**
 * Holds Enter and Tab for a list of completions that is about to open: `:thu` and Enter, typed faster than the names are
 * fetched, must not send ":thu".
 */
export function useHeldKey(
  query: CompletionQuery | undefined,
  list: RefObject<CompletionKeys | null>,
  passOn: (event: FieldEvent) => void,
): HeldKey {
  const held = useRef<{ event: FieldEvent; timer: ReturnType<typeof setTimeout> }>(undefined);
  const latest = useRef(passOn);
  useEffect(() => {
    latest.current = passOn;
  });

  function release(): void {
    clearTimeout(held.current?.timer);
    held.current = undefined;
  }

  // A key belongs to the text before it: another text, a closed list or a lost focus drops it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `release` uses only a ref
  useEffect(() => release, [query?.from, query?.text]);

  return {
    hold(event) {
      release();
      const timer = setTimeout(() => {
        release();
        latest.current(event);
      }, LONGEST_WAIT_MS);
      held.current = { event, timer };
    },
    isHeld: () => held.current !== undefined,
    release,
    settle() {
      const event = held.current?.event;
      if (!event) return;
      const outcome = list.current?.onKey(event.key) ?? 'ignored';
      if (outcome === 'waiting') return;
      release();
      if (outcome === 'ignored') latest.current(event);
    },
  };
}
