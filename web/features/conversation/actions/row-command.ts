import { assertNever } from '../../../../protocol/assert-never.ts';
import type { Message, User } from '../../../../protocol/models.ts';
import { requestOfComposer } from '../../../ui/composer-requests.ts';
import type { Conversation } from '../conversation-context.ts';
import { readable } from '../readable.ts';
import { quotation } from './quotation.ts';

/** The commands on a message besides reactions. */
export type RowCommand =
  | 'reply'
  | 'edit'
  | 'delete'
  | 'copy_text'
  | 'copy_link'
  | 'quote'
  | 'pin'
  | 'mark_unread';

/** The commands whose code loads on their first use. */
export type LoadedCommand = Exclude<RowCommand, 'delete' | 'pin' | 'mark_unread'>;

/** The dependencies of a command besides the message. */
export interface CommandPlace {
  conversation: Conversation;
  userOf(userId: string): User | undefined;
  /** Opens the form that edits the message. */
  beginEdit(id: string): void;
}

/** Runs a command that is permitted. Returns the reason of a failure, a sentence; undefined after a success. */
export async function runCommand(
  command: LoadedCommand,
  message: Message,
  { conversation, userOf, beginEdit }: CommandPlace,
): Promise<string | undefined> {
  const { groupId, parentId, openThread } = conversation;
  switch (command) {
    case 'reply':
      if (message.parentId === undefined) openThread(message.id);
      else openThread(message.parentId, message.id);
      return undefined;
    case 'edit':
      beginEdit(message.id);
      return undefined;
    case 'copy_text':
      return copy(readable(message.content, userOf).text);
    case 'copy_link':
      return copy(addressOf(message));
    case 'quote': {
      const author = userOf(message.userId)?.name ?? 'Someone';
      const text = quotation(readable(message.content, userOf).text, author, addressOf(message));
      requestOfComposer({ type: 'quote', groupId, parentId, text });
      return undefined;
    }
    default:
      return assertNever(command);
  }
}

/** The address of a message for people, wherever they open it. */
function addressOf({ groupId, id }: Message): string {
  return new URL(`/g/${groupId}/m/${id}`, location.origin).href;
}

async function copy(text: string): Promise<string | undefined> {
  try {
    await navigator.clipboard.writeText(text);
    return undefined;
  } catch {
    return 'Your browser does not let this page copy. Select the text and copy it yourself.';
  }
}
