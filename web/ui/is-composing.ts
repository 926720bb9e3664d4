/** What browsers give for every key that an input method takes (https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode). */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Whether a key belongs to an input method that composes a word: Enter takes its suggestion, and must not send. Safari ends
 * the composition before it tells of that Enter, and only the old `keyCode` still says whose it was.
 */
export function isComposing({ nativeEvent }: { nativeEvent: KeyboardEvent }): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === TAKEN_BY_INPUT_METHOD;
}
