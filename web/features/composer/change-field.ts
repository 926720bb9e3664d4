import type { TextChange } from './markdown-shortcut.ts';

/**
 * Makes a change in a field as if it was typed, so that the browser's own undo takes it back. `execCommand` is old, but
 * nothing else keeps that.
 */
export function changeField(
  field: HTMLTextAreaElement,
  { from, to, text, select }: TextChange,
): void {
  field.focus();
  field.setSelectionRange(from, to);
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  field.setSelectionRange(select.start, select.end);
}
