/** Letters of other scripts, and Latin ones that stand where a plain letter does elsewhere (the Turkish `ı`). */
const LETTER = /^[\p{L}\p{M}]$/u;

/**
 * The key of a shortcut: `event.key`, with a letter in lower case unless Shift is down, so that Caps Lock changes nothing. On
 * a keyboard of another script it is the Latin letter of the same key: Ctrl+B works on a Russian layout. A Latin layout
 * (Dvorak) keeps its own letters.
 */
export function latinKey({
  key,
  code,
  shiftKey,
}: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  const [, printed] = /^Key([A-Z])$/.exec(code) ?? [];
  const letter = /^[a-z]$/i.test(key) ? key : LETTER.test(key) ? printed : undefined;
  if (letter === undefined) return key;
  return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}
