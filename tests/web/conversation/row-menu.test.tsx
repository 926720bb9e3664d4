import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { runCommand } from '../../../web/features/conversation/actions/row-command.ts';
import { RowMenu } from '../../../web/features/conversation/actions/row-menu.tsx';
import { ConversationContext } from '../../../web/features/conversation/conversation-context.ts';
import { permitted } from '../../../web/features/conversation/permitted.ts';
import { adaConversation, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, messageAt } from '../../support/group-events.ts';

clearPageAfterEach();

function open(message: Message, conversation = adaConversation()) {
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
  return getByRole('main');
}

test('the menu of a message opens inside the main landmark, with a name for each action', () => {
  const main = open(messageAt(1, { userId: ADA.id }));
  expect(main.contains(screen.getByRole('menu'))).toBe(true);
  for (const name of ['Reply in thread', 'Edit', 'Pin', 'Mark unread from here', 'Delete']) {
    expect(screen.getByRole('menuitem', { name }).textContent).toContain(name);
  }
});

test('the menu of a reply in the timeline opens its thread, at the reply', async () => {
  const opened: string[] = [];
  const conversation = adaConversation({
    openThread: (root, reply = '') => void opened.push(root, reply),
  });
  const reply = messageAt(2, { parentId: 'root', alsoToGroup: true });
  open(reply, conversation);
  expect(screen.getByRole('menuitem', { name: 'Open thread' })).toBeDefined();
  expect(screen.queryByRole('menuitem', { name: 'Reply in thread' })).toBeNull();
  const place = { conversation, userOf: () => undefined, beginEdit: () => undefined };
  await runCommand('reply', reply, place);
  expect(opened).toEqual(['root', reply.id]);
});
