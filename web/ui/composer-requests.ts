/** What one part of a group's page asks of another that it does not know. `parentId` is of a thread, null the timeline. */
export type ComposerRequest =
  /** The message list asks the composer to begin an answer to this text. */
  | { type: 'quote'; groupId: string; parentId: string | null; text: string }
  /** The composer, empty, asks the message list to edit my last message. */
  | { type: 'edit_last'; groupId: string; parentId: string | null }
  /** Esc: the message list goes to the newest message, and the composer takes the focus. */
  | { type: 'newest'; groupId: string; parentId: string | null };

type Listener = (request: ComposerRequest) => void;

const listeners = new Set<Listener>();

/** Asks whoever listens now; a request that nobody hears is nobody's loss. */
export function requestOfComposer(request: ComposerRequest): void {
  for (const listener of listeners) listener(request);
}

/** Hears every request, of every group, until the answer is called. */
export function onComposerRequest(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
