import 'fake-indexeddb/auto';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

const GRACE = person('Grace');
const WORDS = [
  { emoji: '\u{1f44d}', names: ['+1', 'thumbsup'], title: 'thumbs up', tags: [] },
  { emoji: '\u{1f389}', names: ['tada'], title: 'party popper', tags: [] },
];

/** What the page fetches is answered when a test says so. */
let answer: (isReachable: boolean) => void;
let sent: string[];

beforeEach(() => {
  // A fresh page: the names of emoji are fetched once.
  vi.resetModules();
  sent = [];
  const held = new Promise<boolean>((resolve) => {
    answer = resolve;
  });
  vi.stubGlobal('fetch', async (address: string | Request) => {
    if (!(await held)) throw new TypeError('Failed to fetch');
    const isEmoji = String(address).endsWith('words.json');
    return Response.json(isEmoji ? WORDS : { items: [GRACE] });
  });
});
clearPageAfterEach();

/** Opens a composer of a group whose members are not known yet, and types into it. */
async function open(text: string): Promise<HTMLTextAreaElement> {
  const { Composer } = await import('../../../web/features/composer/composer.tsx');
  const { Draft } = await import('../../../web/features/composer/draft.ts');
  const { AsAda, NOBODY_ELSE } = await import('../../support/ada-page.tsx');
  render(
    <AsAda>
      <Composer
        draft={new Draft({ userId: ADA.id, groupId: uuidv7() })}
        groupId={uuidv7()}
        isGroupShown={false}
        label="Message Engines"
        onTyping={() => undefined}
        parentId={null}
        people={() => NOBODY_ELSE}
        send={async (content) => void sent.push(content)}
        typing={[]}
      />
    </AsAda>,
  );
  const field = screen.getByRole<HTMLTextAreaElement>('textbox');
  document.execCommand = (_command, _show, inserted = '') => {
    const { value, selectionStart, selectionEnd } = field;
    type(field, value.slice(0, selectionStart) + inserted + value.slice(selectionEnd));
    return true;
  };
  type(field, text);
  return field;
}

function type(field: HTMLTextAreaElement, value: string): void {
  fireEvent.change(field, { target: { value } });
}

/** Answers what the page waits for, and lets it render. */
async function answerAll(isReachable: boolean, check: () => void): Promise<void> {
  answer(isReachable);
  await waitFor(check);
}

describe('Enter and Tab wait for the list that is about to open', () => {
  test.each([
    [':thu', 'Enter', '\u{1f44d} '],
    [':thu', 'Tab', '\u{1f44d} '],
    ['Hi @Gra', 'Enter', 'Hi @Grace '],
    ['Hi @Gra', 'Tab', 'Hi @Grace '],
  ])('%s and %s', async (text, key, completed) => {
    const field = await open(text);
    const wasHandled = !fireEvent.keyDown(field, { key });
    expect(wasHandled).toBe(true);
    fireEvent.keyDown(field, { key });
    expect(field.value).toBe(text);
    await answerAll(true, () => expect(field.value).toBe(completed));
    expect(sent).toEqual([]);
  });

  test.each([':thu', 'Hi @Gra'])('%s is sent if the names cannot be had', async (text) => {
    const field = await open(text);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent).toEqual([]);
    await answerAll(false, () => expect(sent).toEqual([text]));
  });

  test('what nothing fits is sent, once that is known', async () => {
    const field = await open(':zzzz');
    fireEvent.keyDown(field, { key: 'Enter' });
    await answerAll(true, () => expect(sent).toEqual([':zzzz']));
  });

  test('a key that is typed meanwhile ends the wait, and nothing is sent', async () => {
    const field = await open(':thu');
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.keyDown(field, { key: 'm' });
    type(field, ':thum');
    await answerAll(true, () => expect(screen.getByRole('option')).toBeDefined());
    expect(field.value).toBe(':thum');
    expect(sent).toEqual([]);
  });
});

test('Enter is not held up by a text that only could go on to a name', async () => {
  const field = await open('see you at 10:30');
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(sent).toEqual(['see you at 10:30']);
});

test('the name of an emoji is sent as the emoji, if the names are loaded', async () => {
  const field = await open('done :tada:');
  answer(true);
  await waitFor(() => {
    type(field, 'done :tada:');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent.at(-1)).toBe('done \u{1f389}');
  });
});

describe('Enter in code', () => {
  test.each(['```', '```ts', '~~~\nlet a', 'Look:\n```\na', '> ```\n> a'])(
    'breaks the line of %j, and Ctrl+Enter sends it',
    async (text) => {
      const field = await open(text);
      expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(true);
      expect(sent).toEqual([]);
      fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
      expect(sent).toEqual([text]);
    },
  );

  test.each(['```\na\n```', '`a`', 'a ```b'])('sends %j, which is outside of it', async (text) => {
    const field = await open(text);
    expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(false);
    expect(sent).toEqual([text]);
  });
});

test('the field has the direction of its text', async () => {
  expect((await open('שלום')).dir).toBe('auto');
});
