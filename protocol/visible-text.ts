/** Characters that leave no trace on a screen: white space, control characters, fillers and marks of direction. */
const BLANK = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]*$/u;

/** Whether nothing of a text could be seen, as with a name of zero-width spaces. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}
