import { renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useFileIntake } from '../../../web/app/files/use-file-intake.ts';
import { type ComposerRequest, onComposerRequest } from '../../../web/ui/composer-requests.ts';

const requests: ComposerRequest[] = [];
let stop: () => void;

beforeEach(() => {
  history.replaceState({}, '', '/g/engines');
  document.body.innerHTML = '<main><form><textarea></textarea><input type="file"></form></main>';
  Object.assign(field(), { ariaLabel: 'Message Engines' });
  requests.length = 0;
  stop = onComposerRequest((request) => void requests.push(request));
});
afterEach(() => stop());

function field(): Element {
  const found = document.querySelector('textarea');
  if (!found) throw new Error('There is no field.');
  return found;
}

const picture = new File(['x'], 'image.png', { type: 'image/png' });

/** Pastes what an application puts into the clipboard. Returns whether the page takes the files in place of the browser. */
function paste(texts: Record<string, string>, files: readonly File[]): boolean {
  const types = [...Object.keys(texts), ...(files.length > 0 ? ['Files'] : [])];
  const event = new Event('paste', { bubbles: true, cancelable: true });
  const clipboardData = { files, types, getData: (type: string) => texts[type] ?? '' };
  Object.defineProperty(event, 'clipboardData', { value: clipboardData });
  field().dispatchEvent(event);
  return event.defaultPrevented;
}

test.each<[string, Record<string, string>, readonly File[], boolean]>([
  ['a picture of the screen', {}, [picture], true],
  ['a picture of a page', { 'text/html': '<img src="a.png">' }, [picture], true],
  ['a file in Finder', { 'text/plain': 'image.png' }, [picture], true],
  ['two files in a file manager', {}, [picture, picture], true],
  ['text in Word', { 'text/plain': 'Hi', 'text/html': '<p>Hi</p>' }, [picture], false],
  ['text in Pages', { 'text/plain': 'Hi', 'text/rtf': '{\\rtf1 Hi}' }, [picture], false],
  ['cells in Excel', { 'text/plain': '1\t2\r\n', 'text/html': '<table>' }, [picture], false],
  ['a picture in Word', { 'text/plain': '\ufffc \r\n', 'text/html': '<img>' }, [picture], true],
  ['text alone', { 'text/plain': 'Hi', 'text/html': '<p>Hi</p>' }, [], false],
])('%s, pasted', async (_what, texts, files, isTaken) => {
  const { unmount } = renderHook(() => useFileIntake());
  expect(paste(texts, files)).toBe(isTaken);
  const request = { type: 'files', groupId: 'engines', parentId: null, files: [...files] };
  await vi.waitFor(() => expect(requests).toEqual(isTaken ? [request] : []));
  unmount();
});

test('what is pasted into the form of an edit is added to that message', async () => {
  const { unmount } = renderHook(() => useFileIntake());
  document.body.innerHTML = '<main><form data-edits="m1"><textarea></textarea></form></main>';
  expect(paste({}, [picture])).toBe(true);
  const place = { groupId: 'engines', parentId: null, messageId: 'm1' };
  const request = { type: 'edit_files', ...place, files: [picture] };
  await vi.waitFor(() => expect(requests).toEqual([request]));
  unmount();
});
