/** A change of a field's text: what stands from `from` to `to` becomes `text`, and then `select` is marked. */
export interface TextChange {
  from: number;
  to: number;
  text: string;
  select: { start: number; end: number };
}

/** The marks around a text, and the key that sets them together with Ctrl or Cmd. */
const MARKS: Readonly<Record<string, string>> = { b: '**', i: '*', 'shift+x': '~~', e: '`' };
const URL_PLACE = 'https://';

/** What a key does to the marked text of a field, if it is one of ours: emphasis, code, a link. Pressed again, it undoes it. */
export function markdownShortcut(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  { text, start, end }: { text: string; start: number; end: number },
): TextChange | undefined {
  if (event.ctrlKey === event.metaKey || event.altKey) return undefined;
  const key = `${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`;
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
  // One star beside a star is half of two: that is bold, and not italic.
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
  // After the fence, where the language goes.
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
