import 'fake-indexeddb/auto';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FileReference, Member, Message } from '../../../protocol/models.ts';
import { EditForm } from '../../../web/features/composer/edit-form.tsx';
import { ConversationContext } from '../../../web/features/conversation/conversation-context.ts';
import { PeopleContext } from '../../../web/features/conversation/people-context.ts';
import { readDraft } from '../../../web/realtime/drafts.ts';
import { uploads } from '../../../web/realtime/uploads/uploads.ts';
import { requestOfComposer } from '../../../web/ui/composer-requests.ts';
import { AsAda, adaClient, adaConversation, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { ADA, fileAt, GROUP_ID, messageAt } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

beforeEach(() => {
  vi.stubGlobal('fetch', async () => Response.json({ items: [] }));
});
clearPageAfterEach();
afterEach(() => void vi.restoreAllMocks());

const GRACE = person('Grace');
const MEMBERS = new Map(
  [ADA, GRACE].map((user): [string, Member] => [
    user.id,
    { userId: user.id, role: 'member', joinedAt: 0, rev: 1, user },
  ]),
);

/** Opens the edit form of a message. Returns its field, and the edits that it sends. */
function open(message: Message) {
  const edits: string[] = [];
  const files: (readonly FileReference[] | undefined)[] = [];
  const room = adaClient();
  const view = { ...room.getView(), members: MEMBERS };
  const client = Object.assign(room, {
    getView: () => view,
    edit: (_: string, content: string, its?: FileReference[]) => {
      edits.push(content);
      files.push(its);
    },
  });
  const { unmount } = render(
    <AsAda>
      <PeopleContext value={{ me: ADA.id, userOf: (id) => MEMBERS.get(id)?.user }}>
        <ConversationContext value={adaConversation({ client })}>
          <EditForm message={message} onDone={() => undefined} />
        </ConversationContext>
      </PeopleContext>
    </AsAda>,
  );
  const field = screen.getByRole<HTMLTextAreaElement>('textbox');
  return { field, edits, files, unmount };
}

/** Changes a message's text in its edit form and presses Enter. Returns the edits that the form sends. */
function edited(message: Message, change: (text: string) => string): string[] {
  const { field, edits } = open(message);
  type(field, change(field.value));
  fireEvent.keyDown(field, { key: 'Enter' });
  return edits;
}

function type(field: HTMLTextAreaElement, value: string): void {
  fireEvent.change(field, { target: { value } });
}

/** The stored draft of an edit of the message. */
async function kept({ id }: Message): Promise<string | undefined> {
  return (await readDraft({ userId: ADA.id, groupId: GROUP_ID, edits: id }))?.text;
}

test('a name in an edit becomes a mention', () => {
  const message = messageAt(1, { content: `Hi <@${ADA.id}>` });
  expect(edited(message, (text) => `${text} and @Grace`)).toEqual([
    `Hi <@${ADA.id}> and <@${GRACE.id}>`,
  ]);
});

test('an edit without changes is not sent, even if its text could be read as a mention', () => {
  expect(edited(messageAt(1, { content: 'Hi @Grace' }), (text) => text)).toEqual([]);
});

test('an unfinished edit is offered again, and can be started over', async () => {
  const message = messageAt(1, { content: 'as it was' });
  const first = open(message);
  type(first.field, 'h');
  type(first.field, 'half a thought');
  first.unmount();
  const again = open(message);
  await act(() => eventually(() => expect(again.field.value).toBe('half a thought')));
  fireEvent.click(screen.getByRole('button', { name: 'Start over' }));
  expect(again.field.value).toBe('as it was');
  expect(screen.queryByRole('button', { name: 'Start over' })).toBeNull();
  again.unmount();
  // The draft belongs to this user and this edit, not to the thread below the message.
  const thread = { userId: ADA.id, groupId: GROUP_ID, parentId: message.id };
  expect(await readDraft(thread)).toBeUndefined();
});

test.each(['Escape', 'Enter'])('an edit that ends with %s keeps no draft', async (key) => {
  const message = messageAt(1, { content: 'as it was' });
  const { field, unmount } = open(message);
  type(field, 'something else');
  expect(await kept(message)).toBe('something else');
  fireEvent.keyDown(field, { key });
  unmount();
  await eventually(async () => expect(await kept(message)).toBeUndefined());
});

test('a name is completed in an edit, and Esc closes only the list', async () => {
  const { field, edits } = open(messageAt(1, { content: 'Hi' }));
  document.execCommand = (_command, _show, text = '') => {
    const { value, selectionStart, selectionEnd } = field;
    type(field, value.slice(0, selectionStart) + text + value.slice(selectionEnd));
    return true;
  };
  type(field, 'Hi @Gr');
  fireEvent.keyUp(field, { key: 'r' });
  expect(await screen.findByRole('option', { name: /Grace/ })).toBeDefined();
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(screen.queryByRole('option')).toBeNull();
  expect(field.value).toBe('Hi @Gr');
  type(field, 'Hi ');
  type(field, 'Hi @Gra');
  await screen.findByRole('option', { name: /Grace/ });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(field.value).toBe('Hi @Grace ');
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(edits).toEqual([`Hi <@${GRACE.id}>`]);
});

test('an edit takes a file out and adds the ones that are dropped on it, also without other words', async () => {
  const [first, second] = [fileAt('first.txt'), fileAt('second.txt')];
  const third = fileAt('third.txt', { url: '' });
  vi.spyOn(uploads, 'add').mockReturnValue([third]);
  vi.spyOn(uploads, 'resume').mockReturnValue();
  const message = messageAt(1, { content: 'Look', attachments: [first, second] });
  const { field, edits, files } = open(message);
  fireEvent.click(screen.getByRole('button', { name: 'Take out first.txt' }));
  const place = { groupId: GROUP_ID, parentId: null, messageId: message.id };
  await act(async () =>
    requestOfComposer({ type: 'edit_files', ...place, files: [new File(['abc'], 'third.txt')] }),
  );
  expect(await screen.findByRole('list', { name: 'Files to add' })).toBeDefined();
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(edits).toEqual(['Look']);
  expect(files).toEqual([[second, third]]);
});

test('files of an edit that is cancelled are not uploaded further, and it asks for nothing', async () => {
  const third = fileAt('third.txt', { url: '' });
  vi.spyOn(uploads, 'add').mockReturnValue([third]);
  vi.spyOn(uploads, 'resume').mockReturnValue();
  const removed = vi.spyOn(uploads, 'remove').mockReturnValue();
  const { field, edits } = open(messageAt(1, { content: 'Look' }));
  fireEvent.change(screen.getByLabelText('Attach files'), {
    target: { files: [new File(['abc'], 'third.txt')] },
  });
  await screen.findByRole('list', { name: 'Files to add' });
  fireEvent.keyDown(field, { key: 'Escape' });
  await eventually(() => expect(removed).toHaveBeenCalledWith(expect.anything(), third));
  expect(edits).toEqual([]);
});

test('the files of an unfinished edit are offered again', async () => {
  const third = fileAt('third.txt', { url: '' });
  vi.spyOn(uploads, 'add').mockReturnValue([third]);
  vi.spyOn(uploads, 'resume').mockReturnValue();
  const message = messageAt(1, { content: 'Look' });
  const first = open(message);
  fireEvent.change(screen.getByLabelText('Attach files'), {
    target: { files: [new File(['abc'], 'third.txt')] },
  });
  await screen.findByRole('list', { name: 'Files to add' });
  first.unmount();
  const again = open(message);
  expect(await screen.findByRole('listitem', { name: 'third.txt' })).toBeDefined();
  fireEvent.keyDown(again.field, { key: 'Enter' });
  expect(again.files).toEqual([[third]]);
});

test('an edit that is saved before the code of the tiles is there has its files', async () => {
  const third = fileAt('third.txt', { url: '' });
  vi.spyOn(uploads, 'add').mockReturnValue([third]);
  vi.spyOn(uploads, 'resume').mockReturnValue();
  const { field, files } = open(messageAt(1, { content: 'Look' }));
  fireEvent.change(screen.getByLabelText('Attach files'), {
    target: { files: [new File(['abc'], 'third.txt')] },
  });
  type(field, 'Look here');
  fireEvent.keyDown(field, { key: 'Enter' });
  await eventually(() => expect(files).toEqual([[third]]));
});
