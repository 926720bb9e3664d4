import type { Draft } from '../draft.ts';
import type { Recording } from './recording.ts';

/** The last recording of each draft. */
const recordings = new WeakMap<Draft, Recording>();

/** What is being recorded becomes a file of this draft: its place is held until then. */
export function holdPlace(draft: Draft, recording: Recording): void {
  recordings.set(draft, recording);
}

/** How many places among the files of this draft a recording holds. */
export function heldPlaces(draft: Draft): number {
  const state = recordings.get(draft)?.getView().state ?? 'over';
  return state === 'over' ? 0 : 1;
}
