import { useSyncExternalStore } from 'react';

/** The speeds of voice messages. */
export const VOICE_SPEEDS = [1, 1.5, 2];

const listeners = new Set<() => void>();
let speed = 1;

/** The speed of all voice messages: one choice that lasts as long as the page. */
export function useVoiceSpeed(): [speed: number, choose: (speed: number) => void] {
  return [useSyncExternalStore(subscribe, () => speed), choose];
}

function choose(chosen: number): void {
  speed = chosen;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
