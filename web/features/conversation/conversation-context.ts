import { createContext, use } from 'react';
import type { MemberRole } from '../../../protocol/models.ts';
import type { GroupClient } from '../../realtime/group-client.ts';

/**
 * Where a list of messages stands: what its rows must know of it, and what they can ask for. The same object until one of
 * these changes, because every row renders again with it.
 */
export interface Conversation {
  groupId: string;
  /** The root of the thread that is shown, or null for the group's timeline. */
  parentId: string | null;
  /** My user id, and my role in the group. */
  me: string;
  role: MemberRole;
  /** Nothing can be written to an archived group. */
  isArchived: boolean;
  client: GroupClient;
  /** Shows the thread of this root. */
  openThread(rootId: string): void;
  /** Gives the text of a discarded message back to where it was written, if that is empty by now. */
  giveBack(text: string): void;
}

/** Given around every list of messages. */
export const ConversationContext = createContext<Conversation | undefined>(undefined);

/** The conversation that a row stands in. Throws outside of one. */
export function useConversation(): Conversation {
  const conversation = use(ConversationContext);
  if (!conversation) throw new Error('A message is shown outside of a conversation.');
  return conversation;
}
