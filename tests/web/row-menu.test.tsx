import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { RowMenu } from '../../web/features/conversation/actions/row-menu.tsx';
import { ConversationContext } from '../../web/features/conversation/conversation-context.ts';
import { permitted } from '../../web/features/conversation/permitted.ts';
import { LiveGroup } from '../../web/realtime/live-group.ts';
import { ADA, GROUP_ID, messageAt } from '../support/group-events.ts';

afterEach(cleanup);

test('what can be done with a message stands in its part of the page, each called what it is', () => {
  const conversation = {
    groupId: GROUP_ID,
    parentId: null,
    me: ADA.id,
    role: 'member',
    isArchived: false,
    client: new LiveGroup({
      groupId: GROUP_ID,
      session: {
        state: 'signed-in',
        userId: ADA.id,
        getToken: async () => undefined,
        signOut: async () => undefined,
      },
    }),
    openThread: () => undefined,
    giveBack: () => undefined,
  } as const;
  const message = messageAt(1, { userId: ADA.id });
  const button = document.createElement('button');
  const { getByRole } = render(<main />);
  getByRole('main').appendChild(button);
  render(
    <ConversationContext value={conversation}>
      <RowMenu
        allows={permitted(message, conversation)}
        button={{ current: button }}
        message={message}
        onClose={() => undefined}
        onReact={() => undefined}
        run={() => undefined}
      />
    </ConversationContext>,
  );
  expect(getByRole('main').contains(screen.getByRole('menu'))).toBe(true);
  for (const name of ['Reply in thread', 'Edit', 'Pin', 'Mark unread from here', 'Delete']) {
    expect(screen.getByRole('menuitem', { name }).textContent).toContain(name);
  }
});
