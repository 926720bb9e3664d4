/** The `keyCode` of keys that an input method handles (https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode). */
const TAKEN_BY_INPUT_METHOD = 229;

/**
 * Whether a key event belongs to an input method that composes a word: its Enter takes a suggestion, and must not send.
 * Safari ends the composition before it fires that Enter; only the deprecated `keyCode` identifies it.
 */
export function isComposing({ nativeEvent }: { nativeEvent: KeyboardEvent }): boolean {
  return nativeEvent.isComposing || nativeEvent.keyCode === TAKEN_BY_INPUT_METHOD;
}
