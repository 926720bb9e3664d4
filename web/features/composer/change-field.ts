/** A change of a field's text: `text` replaces the characters from `from` to `to`, and `select` is selected after it. */
export interface TextChange {
  from: number;
  to: number;
  text: string;
  select: { start: number; end: number };
}

/**
 * Changes a field as if the user typed it, so that the browser can undo it. `execCommand` is deprecated, but nothing else
 * keeps the undo history.
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
