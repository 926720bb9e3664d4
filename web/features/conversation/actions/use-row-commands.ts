import { use, useCallback, useState } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { useConversation } from '../conversation-context.ts';
import { PeopleContext } from '../people-context.ts';
import type { RowCommand } from './row-command.ts';

const NOT_LOADED = 'This part of the page could not be loaded. Check your connection, then reload.';

/** What is being done with the messages of a list. */
export interface RowCommands {
  /** The message that is shown as a field. */
  editing: string | undefined;
  /** Why the last command could not be done. */
  failure: string | undefined;
  run(command: RowCommand, message: Message): void;
  edit(id: string): void;
  edited(): void;
}

/**
 * Does what is asked of a message; how, is loaded with the first command. What is kept when the page closes is done at
 * once: a page that closes while it loads would have kept nothing.
 */
export function useRowCommands(): RowCommands {
  const conversation = useConversation();
  const { userOf } = use(PeopleContext);
  const [editing, setEditing] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const run = useCallback(
    (command: RowCommand, message: Message) => {
      setFailure(undefined);
      const { client, parentId } = conversation;
      if (command === 'delete') return client.remove(message.id);
      if (command === 'pin') {
        void client.pin(message.id, message.pinnedAt === undefined).then((pinned) => {
          if (!pinned.ok) setFailure(pinned.failure.detail);
        });
        return;
      }
      if (command === 'mark_unread') return client.markUnread(message.seq, parentId ?? undefined);
      const place = { conversation, userOf, beginEdit: setEditing };
      import('./row-command.ts')
        .then(({ runCommand }) => runCommand(command, message, place))
        .then(setFailure, () => setFailure(NOT_LOADED));
    },
    [conversation, userOf],
  );
  const edited = useCallback(() => setEditing(undefined), []);
  return { editing, failure, run, edit: setEditing, edited };
}
