/** Characters that leave no trace on a screen: white space, control characters, fillers, marks of direction, a null notehead. */
const BLANK = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800\u{1D159}]*$/u;
const CONTROLS = /[\p{Cc}--[\n\t]]/gv;
const BREAKS = /[\t-\r\u0085\u2028\u2029]+/g;

/** Whether nothing of a text could be seen, as with a name of zero-width spaces. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** A text of several lines as it is stored: with `\n` between them, and without control characters other than tabs. */
export function cleanText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(CONTROLS, '');
}

/**
 * A name, a topic or a status as it is stored: one line, without control characters or white space around it. One that cannot
 * be seen is empty.
 */
export function cleanLine(text: string): string {
  return isBlank(text) ? '' : text.replaceAll(BREAKS, ' ').replaceAll(CONTROLS, '').trim();
}
