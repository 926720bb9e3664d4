import 'fake-indexeddb/auto';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MESSAGE_CHARACTERS } from '../../../protocol/limits.ts';
import { Composer } from '../../../web/features/composer/composer.tsx';
import { Draft } from '../../../web/features/composer/draft.ts';
import { sendable } from '../../../web/features/composer/sendable.ts';
import type { DraftPlace } from '../../../web/realtime/cache/draft-row.ts';
import { newOutboxRow } from '../../../web/realtime/cache/outbox-row.ts';
import { readDraft } from '../../../web/realtime/drafts.ts';
import { outboxStore } from '../../../web/realtime/outbox/store.ts';
import { NOBODY_ELSE } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';

let sent: string[];
let place: DraftPlace & { parentId: undefined };
let draft: Draft;
let keep: () => void;
let kept: Promise<void>;

beforeEach(() => {
  sent = [];
  // A group of its own for each test, because they share one database.
  place = { userId: 'ada', groupId: uuidv7(), parentId: undefined };
  draft = new Draft(place);
});
afterEach(cleanup);

/** Opens a composer whose messages enter the outbox when `keep` is called; returns its field. */
function open(): HTMLElement {
  const send = (content: string) => {
    sent.push(content);
    kept = new Promise<void>((resolve) => {
      keep = resolve;
    }).then(() => {
      const row = newOutboxRow(place, { type: 'message', content }, Date.now());
      return outboxStore.add(row, { wasDraft: true });
    });
    return kept;
  };
  render(
    <Composer
      draft={draft}
      groupId={place.groupId}
      isGroupShown={false}
      label="Message Engines"
      onTyping={() => undefined}
      parentId={null}
      people={() => NOBODY_ELSE}
      send={send}
      typing={[]}
    />,
  );
  return screen.getByRole('textbox', { name: 'Message Engines' });
}

/** The stored text of a draft. */
async function stored(of: DraftPlace): Promise<string> {
  return (await readDraft(of))?.text ?? '';
}

/** The text of the draft after opening its place again. */
async function found(at: DraftPlace): Promise<string> {
  const later = new Draft(at);
  await later.load();
  return later.text;
}

function type(field: HTMLElement, value: string): void {
  fireEvent.change(field, { target: { value } });
}

describe('Enter', () => {
  test('sends, and clears the field at once', () => {
    const field = open();
    type(field, 'hello');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent).toEqual(['hello']);
    expect(field).toHaveProperty('value', '');
  });

  test('does not send with Shift, while an input method composes, or with an empty field', () => {
    const field = open();
    fireEvent.keyDown(field, { key: 'Enter' });
    type(field, '   \n ');
    fireEvent.keyDown(field, { key: 'Enter' });
    type(field, 'にほん');
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(sent).toEqual([]);
    expect(field).toHaveProperty('value', 'にほん');
  });

  test('refuses a text that is too long, and keeps all of it', async () => {
    const field = open();
    const text = 'x'.repeat(MESSAGE_CHARACTERS + 1);
    type(field, text);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent).toEqual([]);
    expect(field).toHaveProperty('value', text);
    expect((await screen.findByRole('alert')).textContent).toContain('1 character too long');
  });
});

test('a message is trimmed of empty lines, and counts down near the limit', () => {
  expect(sendable('\n\n  code\n\n', false)).toEqual({
    state: 'ready',
    content: '  code',
    left: undefined,
  });
  expect(sendable('x'.repeat(MESSAGE_CHARACTERS), false)).toMatchObject({
    state: 'ready',
    left: 0,
  });
  expect(sendable('x'.repeat(MESSAGE_CHARACTERS + 2), false)).toMatchObject({
    state: 'too-long',
  });
  expect(sendable(' \n ', false)).toEqual({ state: 'empty' });
});

describe('a draft', () => {
  test('is restored for the same user in the same place', async () => {
    draft.write('half a thought');
    draft.save();
    await eventually(async () => expect(await found(place)).toBe('half a thought'));
    expect(await found({ ...place, groupId: uuidv7() })).toBe('');
    expect(await found({ ...place, parentId: uuidv7() })).toBe('');
    expect(await found({ ...place, userId: 'grace' })).toBe('');
  });

  test('that is sent stays stored until its message is, so that a crash in between loses nothing', async () => {
    const field = open();
    type(field, 'precious');
    draft.save();
    await eventually(async () => expect(await stored(place)).toBe('precious'));
    fireEvent.keyDown(field, { key: 'Enter' });
    draft.save();
    expect(await stored(place)).toBe('precious');
    keep();
    await kept;
    expect(await stored(place)).toBe('');
    expect(await outboxStore.rowsOf('ada', place.groupId)).toMatchObject([{ content: 'precious' }]);
  });

  test('is deleted when its user signs out, even if it is on the screen', async () => {
    const hers = new Draft({ ...place, userId: 'grace' });
    hers.write('hers');
    hers.save();
    draft.write('secret');
    draft.save();
    await eventually(async () => expect(await stored(place)).toBe('secret'));
    draft.write('a secret in the making');
    draft.forget();
    await outboxStore.forget('ada');
    draft.save();
    expect(draft.text).toBe('');
    expect(await stored(place)).toBe('');
    expect(await stored({ ...place, userId: 'grace' })).toBe('hers');
  });
});

test('a mark whose code loads too late changes no text that was typed since', async () => {
  let changes = 0;
  document.execCommand = () => {
    changes += 1;
    return true;
  };
  const field = open();
  fireEvent.change(field, { target: { value: 'one' } });
  fireEvent.keyDown(field, { key: 'b', ctrlKey: true });
  fireEvent.change(field, { target: { value: 'one more' } });
  await import('../../../web/features/composer/markdown-shortcut.ts');
  await new Promise((resolve) => setImmediate(resolve));
  expect(changes).toBe(0);
  fireEvent.keyDown(field, { key: 'b', ctrlKey: true });
  await eventually(() => expect(changes).toBe(1));
});
