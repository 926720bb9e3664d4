import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Member, Message } from '../../protocol/models.ts';
import { ConversationContext } from '../../web/features/conversation/conversation-context.ts';
import { EditForm } from '../../web/features/conversation/edit-form.tsx';
import { PeopleContext } from '../../web/features/conversation/people-context.ts';
import { openRoom } from '../../web/realtime/room-client.ts';
import { ADA, GROUP_ID, messageAt } from '../support/group-events.ts';
import { person } from '../support/node-room.ts';

afterEach(cleanup);

const GRACE = person('Grace');
const MEMBERS = new Map(
  [ADA, GRACE].map((user): [string, Member] => [
    user.id,
    { userId: user.id, role: 'member', joinedAt: 0, rev: 1, user },
  ]),
);

/** Opens the message as a field, changes its text, and answers with what becomes of the message. */
function edited(message: Message, change: (text: string) => string): string[] {
  const edits: string[] = [];
  const room = openRoom({
    groupId: GROUP_ID,
    session: {
      state: 'signed-in',
      userId: ADA.id,
      getToken: async () => undefined,
      signOut: async () => undefined,
    },
  });
  const view = { ...room.getView(), members: MEMBERS };
  const client = Object.assign(room, {
    getView: () => view,
    edit: (_: string, content: string) => edits.push(content),
  });
  render(
    <PeopleContext value={{ me: ADA.id, userOf: (id) => MEMBERS.get(id)?.user }}>
      <ConversationContext
        value={{
          groupId: GROUP_ID,
          parentId: null,
          me: ADA.id,
          role: 'member',
          isArchived: false,
          client,
          openThread: () => undefined,
          giveBack: () => undefined,
        }}
      >
        <EditForm message={message} onDone={() => undefined} />
      </ConversationContext>
    </PeopleContext>,
  );
  const field = screen.getByRole<HTMLTextAreaElement>('textbox');
  fireEvent.change(field, { target: { value: change(field.value) } });
  fireEvent.keyDown(field, { key: 'Enter' });
  return edits;
}

test('whoever is named by an edit is mentioned by it', () => {
  const message = messageAt(1, { content: `Hi <@${ADA.id}>` });
  expect(edited(message, (text) => `${text} and @Grace`)).toEqual([
    `Hi <@${ADA.id}> and <@${GRACE.id}>`,
  ]);
});

test('an edit that changes nothing is none, whatever the words in it could mean', () => {
  expect(edited(messageAt(1, { content: 'Hi @Grace' }), (text) => text)).toEqual([]);
});
