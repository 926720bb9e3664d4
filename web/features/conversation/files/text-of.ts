/** How many bytes of a text are fetched at first; almost every file that people look at is shorter. */
export const SHOWN_BYTES = 64 * 1024;
/** The same in words, as programs that show text count. */
export const SHOWN_IN_WORDS = `the first ${SHOWN_BYTES / 1024} KiB`;

/** The beginning of a text file. */
export interface FileText {
  text: string;
  /** Whether this is all of it. */
  isWhole: boolean;
}

/**
 * The text in these first bytes of a file with `size` bytes: UTF-8, or UTF-16 with a byte order mark. It ends with a whole line
 * unless there is none. Undefined for bytes that are no text.
 */
export function textOf(bytes: Uint8Array, size: number): FileText | undefined {
  const isWhole = bytes.length >= size;
  const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
  try {
    // The last character may be cut off.
    const text = decoder.decode(bytes, { stream: !isWhole });
    if (text.includes('\0')) return undefined;
    const end = isWhole ? -1 : text.lastIndexOf('\n');
    return { text: end < 0 ? text : text.slice(0, end), isWhole };
  } catch {
    return undefined;
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** The first `count` lines of a text. */
export function firstLines(text: string, count: number): string {
  let end = -1;
  for (let n = 0; n < count; n += 1) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text;
  }
  return text.slice(0, end);
}

/** The name of the language of a file for the highlighter, which knows the endings: "ts", "makefile". */
export function languageOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
