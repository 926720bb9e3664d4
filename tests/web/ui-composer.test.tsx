import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MESSAGE_CHARACTERS } from '../../protocol/limits.ts';
import { Composer } from '../../web/features/composer/composer.tsx';
import { Draft, openDrafts } from '../../web/features/composer/draft.ts';
import { readDraft, writeDraft } from '../../web/features/composer/draft-storage.ts';
import { forgetDrafts } from '../../web/features/composer/forget-drafts.ts';
import { sendable } from '../../web/features/composer/sendable.ts';

let sent: string[];
let draft: Draft;
let keep: () => void;

beforeEach(() => {
  localStorage.clear();
  sent = [];
  draft = new Draft('ada', 'group');
});
afterEach(cleanup);

/** The field of a composer whose messages are kept when `keep` is called. */
function open(): HTMLElement {
  const send = (content: string) => {
    sent.push(content);
    return new Promise<void>((resolve) => {
      keep = resolve;
    });
  };
  render(<Composer draft={draft} groupName="Engines" send={send} />);
  return screen.getByRole('textbox', { name: 'Message Engines' });
}

function type(field: HTMLElement, value: string): void {
  fireEvent.change(field, { target: { value } });
}

describe('Enter', () => {
  test('sends and empties the field at once', () => {
    const field = open();
    type(field, 'hello');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent).toEqual(['hello']);
    expect(field).toHaveProperty('value', '');
  });

  test('does not send with Shift, nor while an input method composes, nor when there is nothing', () => {
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

  test('refuses a text that is too long, and leaves it whole', () => {
    const field = open();
    const text = 'x'.repeat(MESSAGE_CHARACTERS + 1);
    type(field, text);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent).toEqual([]);
    expect(field).toHaveProperty('value', text);
    expect(screen.getByRole('alert').textContent).toContain('1 character too long');
  });
});

test('a message is its text without the empty lines around it, and counts down near the limit', () => {
  expect(sendable('\n\n  code\n\n')).toEqual({
    state: 'ready',
    content: '  code',
    left: undefined,
  });
  expect(sendable('x'.repeat(MESSAGE_CHARACTERS))).toMatchObject({ state: 'ready', left: 0 });
  expect(sendable('x'.repeat(MESSAGE_CHARACTERS + 2))).toMatchObject({
    state: 'too-long',
  });
  expect(sendable(' \n ')).toEqual({ state: 'empty' });
});

describe('a draft', () => {
  test('is there again, for the same person in the same group', () => {
    draft.write('half a thought');
    draft.save();
    expect(new Draft('ada', 'group').text).toBe('half a thought');
    expect(new Draft('ada', 'other').text).toBe('');
    expect(new Draft('grace', 'group').text).toBe('');
  });

  test('that is sent is stored until the message is kept, so that a crash in between loses nothing', async () => {
    const field = open();
    type(field, 'precious');
    draft.save();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(readDraft('ada', 'group')).toBe('precious');
    keep();
    await Promise.resolve();
    await Promise.resolve();
    expect(readDraft('ada', 'group')).toBe('');
  });

  test('is gone for good once its person signed out, even if it is on the screen', () => {
    openDrafts.add(draft);
    draft.write('secret');
    writeDraft('ada', 'other', 'secret');
    writeDraft('grace', 'group', 'hers');
    forgetDrafts('ada');
    draft.save();
    openDrafts.delete(draft);
    expect(JSON.stringify(localStorage)).not.toContain('secret');
    expect(readDraft('grace', 'group')).toBe('hers');
  });
});
