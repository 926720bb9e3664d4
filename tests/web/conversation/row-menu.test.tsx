import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { RowMenu } from '../../../web/features/conversation/actions/row-menu.tsx';
import { ConversationContext } from '../../../web/features/conversation/conversation-context.ts';
import { permitted } from '../../../web/features/conversation/permitted.ts';
import { adaConversation, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, messageAt } from '../../support/group-events.ts';

clearPageAfterEach();

test('the menu of a message opens inside the main landmark, with a name for each action', () => {
  const conversation = adaConversation();
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
