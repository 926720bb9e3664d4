import { use, useCallback, useState } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { useConversation } from '../conversation-context.ts';
import { PeopleContext } from '../people-context.ts';
import type { RowCommand } from './row-command.ts';

const NOT_LOADED = 'This part of the page could not be loaded. Check your connection, then reload.';

/** The commands of a list of messages, and their state. */
export interface RowCommands {
  /** The id of the message that is being edited. */
  editing: string | undefined;
  /** Why the last command failed, a sentence. */
  failure: string | undefined;
  run(command: RowCommand, message: Message): void;
  edit(id: string): void;
  edited(): void;
}

/**
 * Runs commands on messages; their code loads with the first one. A command that must outlive the page runs at once, because
 * a page that closes while the code loads would lose it.
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
