import type { Message } from '../../../protocol/models.ts';
import { may } from '../../../protocol/permissions.ts';
import type { Conversation } from './conversation-context.ts';

/** What I may do with a message: the interface offers only this, the Room decides (protocol/permissions.ts). */
export interface Permitted {
  react: boolean;
  reply: boolean;
  edit: boolean;
  delete: boolean;
  pin: boolean;
  markUnread: boolean;
}

const NOTHING: Permitted = {
  react: false,
  reply: false,
  edit: false,
  delete: false,
  pin: false,
  markUnread: false,
};

/** What the role, the author and the state of the group allow. Replies do not nest, so a thread offers none. */
export function permitted(
  message: Message,
  { me, role, isArchived, parentId }: Pick<Conversation, 'me' | 'role' | 'isArchived' | 'parentId'>,
): Permitted {
  const canFollow = parentId === null && message.parentId === undefined;
  if (message.deletedAt !== undefined) return { ...NOTHING, reply: canFollow };
  const isMine = message.userId === me;
  const reads = { markUnread: true, reply: canFollow };
  if (isArchived) return { ...NOTHING, ...reads };
  return {
    ...reads,
    react: may(role, 'react'),
    edit: isMine,
    delete: isMine || may(role, 'delete_others'),
    pin: may(role, 'pin'),
  };
}
