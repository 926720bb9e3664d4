import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import { ok } from '../../../protocol/errors.ts';
import type { RowCommand } from '../../../web/features/conversation/actions/row-command.ts';
import { useRowCommands } from '../../../web/features/conversation/actions/use-row-commands.ts';
import { ConversationContext } from '../../../web/features/conversation/conversation-context.ts';
import { PeopleContext } from '../../../web/features/conversation/people-context.ts';
import { adaClient, adaConversation } from '../../support/ada-page.tsx';
import { ADA, messageAt } from '../../support/group-events.ts';

const MESSAGE = messageAt(4);

test.each<[RowCommand, string]>([
  ['delete', `remove ${MESSAGE.id}`],
  ['pin', `pin ${MESSAGE.id}`],
  ['mark_unread', 'markUnread 4'],
])(
  '%s runs at the click, because a page that closes right after it runs nothing more',
  (command, called) => {
    const calls: string[] = [];
    const client = adaClient();
    client.remove = (id) => void calls.push(`remove ${id}`);
    client.markUnread = (seq) => void calls.push(`markUnread ${seq}`);
    client.pin = async (id) => {
      calls.push(`pin ${id}`);
      return ok(null);
    };
    const conversation = adaConversation({ client });
    const { result, unmount } = renderHook(() => useRowCommands(), {
      wrapper: ({ children }: { children: ReactNode }) => (
        <PeopleContext value={{ me: ADA.id, userOf: () => undefined }}>
          <ConversationContext value={conversation}>{children}</ConversationContext>
        </PeopleContext>
      ),
    });
    result.current.run(command, MESSAGE);
    expect(calls).toEqual([called]);
    unmount();
    client.close();
  },
);
