import { latinKey } from '../../ui/latin-key.ts';

/** A change of a field's text: `text` replaces the characters from `from` to `to`, and `select` is selected after it. */
export interface TextChange {
  from: number;
  to: number;
  text: string;
  select: { start: number; end: number };
}

/** The Markdown marks by the key that sets them together with Ctrl or Cmd. */
const MARKS: Readonly<Record<string, string>> = { b: '**', i: '*', 'shift+x': '~~', e: '`' };
const URL_PLACE = 'https://';

/** The change that a shortcut makes to the selected text: emphasis, code, a link, or undoing it. Undefined for other keys. */
export function markdownShortcut(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  { text, start, end }: { text: string; start: number; end: number },
): TextChange | undefined {
  if (event.ctrlKey === event.metaKey || event.altKey) return undefined;
  const key = `${event.shiftKey ? 'shift+' : ''}${latinKey(event).toLowerCase()}`;
  const marked = text.slice(start, end);
  if (key === 'k') return linked(marked, start, end);
  if (key === 'e' && marked.includes('\n')) return fenced(marked, start, end);
  const mark = MARKS[key];
  return mark === undefined ? undefined : toggled(text, start, end, mark);
}

function toggled(text: string, start: number, end: number, mark: string): TextChange {
  const marked = text.slice(start, end);
  const { length } = mark;
  const isAround =
    text.slice(start - length, start) === mark && text.slice(end, end + length) === mark;
  // A star beside another star is half of a bold mark, and not italic.
  const isPart = mark === '*' && (text[start - 2] === '*' || text[end + 1] === '*');
  if (isAround && !isPart) {
    const select = { start: start - length, end: end - length };
    return { from: start - length, to: end + length, text: marked, select };
  }
  const select = { start: start + length, end: end + length };
  return { from: start, to: end, text: mark + marked + mark, select };
}

function fenced(marked: string, start: number, end: number): TextChange {
  const text = `\`\`\`\n${marked}\n\`\`\``;
  // Behind the fence, where the language goes.
  return { from: start, to: end, text, select: { start: start + 3, end: start + 3 } };
}

function linked(marked: string, start: number, end: number): TextChange {
  if (/^https?:\/\/\S+$/.test(marked)) {
    return {
      from: start,
      to: end,
      text: `[](${marked})`,
      select: { start: start + 1, end: start + 1 },
    };
  }
  const at = start + marked.length + 3;
  const select = { start: at, end: at + URL_PLACE.length };
  return { from: start, to: end, text: `[${marked}](${URL_PLACE})`, select };
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
