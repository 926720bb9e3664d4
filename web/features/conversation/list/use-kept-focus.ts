import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the focus in a list when the element that has it disappears: a menu, "Undo", a deleted message. It goes to the
 * message of the keys (`activeKey`), else to the list itself. Returns the handlers of an element around both.
 */
export function useKeptFocus(
  list: RefObject<HTMLElement | null>,
  activeKey: string | undefined,
): { onFocus(): void; onBlur(): void } {
  const isHere = useRef(false);
  // After all effects that end: what disappears may return the focus itself, such as the form of an edit to the composer.
  useEffect(() => {
    if (!isHere.current || document.activeElement !== document.body) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-message="${activeKey}"]`);
    (row ?? list.current)?.focus({ preventScroll: true });
  });
  return {
    onFocus() {
      isHere.current = true;
    },
    // Nothing has the focus while it moves. React gets no blur event of an element that is removed.
    onBlur() {
      isHere.current = false;
    },
  };
}
