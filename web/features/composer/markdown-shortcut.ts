import type { TextChange } from './change-field.ts';
import type { MarkdownKey } from './markdown-key.ts';

const MARKS = { b: '**', i: '*', 'shift+x': '~~', e: '`' } as const;
const URL_PLACE = 'https://';

/** The change that a shortcut makes to the selected text: emphasis, code, a link, or undoing it. */
export function markdownShortcut(
  key: MarkdownKey,
  { text, start, end }: { text: string; start: number; end: number },
): TextChange {
  const marked = text.slice(start, end);
  if (key === 'k') return linked(marked, start, end);
  if (key === 'e' && marked.includes('\n')) return fenced(marked, start, end);
  return toggled(text, start, end, MARKS[key]);
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
