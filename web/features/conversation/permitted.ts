import type { Message } from '../../../protocol/models.ts';
import { may } from '../../../protocol/permissions.ts';
import type { Conversation } from './conversation-context.ts';

/** The permitted commands on a message: the page offers only these, and the Room decides (protocol/permissions.ts). */
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

/** The commands that the role, the author and the state of the group permit. Inside a thread there is no other to reply in. */
export function permitted(
  message: Message,
  { me, role, isArchived, parentId }: Pick<Conversation, 'me' | 'role' | 'isArchived' | 'parentId'>,
): Permitted {
  const reply = parentId === null;
  if (message.deletedAt !== undefined) return { ...NOTHING, reply };
  const isMine = message.userId === me;
  const reads = { markUnread: true, reply };
  if (isArchived) return { ...NOTHING, ...reads };
  return {
    ...reads,
    react: may(role, 'react'),
    edit: isMine,
    delete: isMine || may(role, 'delete_others'),
    pin: may(role, 'pin'),
  };
}
