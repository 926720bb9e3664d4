import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { EmojiPicker } from '../../../web/features/conversation/reactions/emoji-picker.tsx';
import { clearPageAfterEach } from '../../support/ada-page.tsx';

clearPageAfterEach();

beforeEach(() => {
  vi.spyOn(console, 'warn').mockReturnValue();
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
});

/** Types into the search of a picker. */
function search(text: string): HTMLElement {
  render(<EmojiPicker me="ada" onPick={() => undefined} />);
  const field = screen.getByRole('searchbox', { name: 'Search emoji' });
  fireEvent.change(field, { target: { value: text } });
  return field;
}

test('a search says when the emoji could not be loaded', async () => {
  search('party');
  await screen.findByText('The emoji could not be loaded. Check your connection.');
});

test('Enter in a search leaves nothing to the list that it hides', () => {
  const field = search('party');
  expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(false);
});

test('Enter that an input method takes does not reach the library', () => {
  const heard = vi.fn();
  document.addEventListener('keydown', heard);
  const field = search('party');
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229, isComposing: true });
  document.removeEventListener('keydown', heard);
  expect(heard).not.toHaveBeenCalled();
});
