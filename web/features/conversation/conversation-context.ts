import { createContext, use } from 'react';
import type { FileReference, MemberRole } from '../../../protocol/models.ts';
import type { GroupClient } from '../../realtime/group-client.ts';

/**
 * The conversation that a list of messages shows, as its messages need it. The same object until a field changes, because
 * every message renders again with it.
 */
export interface Conversation {
  groupId: string;
  /** The id of the thread's root, or null for the group's timeline. */
  parentId: string | null;
  /** My user id, and my role in the group. */
  me: string;
  role: MemberRole;
  /** An archived group is closed to writing. */
  isArchived: boolean;
  client: GroupClient;
  /** Opens the thread of this root, at one of its replies if one is given. */
  openThread(rootId: string, replyId?: string): void;
  /** Restores the text and the files of a discarded message into its composer, if that is empty. */
  giveBack(text: string, files?: readonly FileReference[]): void;
}

/** Provided around every list of messages. */
export const ConversationContext = createContext<Conversation | undefined>(undefined);

/** The conversation of the list. Throws outside a list. */
export function useConversation(): Conversation {
  const conversation = use(ConversationContext);
  if (!conversation) throw new Error('shown outside of a conversation');
  return conversation;
}
