import type { User } from '../../protocol/models.ts';

/** A request between parts of a group's page that do not import each other. `parentId` names a thread, null the timeline. */
export type ComposerRequest =
  /** The message list asks the composer to add this quotation of a message. */
  | { type: 'quote'; groupId: string; parentId: string | null; text: string }
  /** Files were dropped or pasted. */
  | { type: 'files'; groupId: string; parentId: string | null; files: readonly File[] }
  /** Files were dropped or pasted where this message is edited. */
  | {
      type: 'edit_files';
      groupId: string;
      parentId: string | null;
      messageId: string;
      files: readonly File[];
    }
  /** The card of a person asks the composer to mention them. */
  | {
      type: 'mention';
      groupId: string;
      parentId: string | null;
      person: Pick<User, 'id' | 'name' | 'handle'>;
    }
  /** The empty composer asks the message list to edit my last message. */
  | { type: 'edit_last'; groupId: string; parentId: string | null }
  /** Escape: the message list scrolls to the newest message, and the composer takes the focus. */
  | { type: 'newest'; groupId: string; parentId: string | null };

type Listener = (request: ComposerRequest) => void;

const listeners = new Set<Listener>();

/** Sends a request to the components that listen now, if any. */
export function requestOfComposer(request: ComposerRequest): void {
  for (const listener of listeners) listener(request);
}

/** Calls `listener` with the requests of all groups, until the returned function is called. */
export function onComposerRequest(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
