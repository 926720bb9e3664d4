/**
 * What to do when a menu of a message closes: the focus goes back to the message where it was reached by keyboard, so
 * that the next key is meant for it again. Elsewhere the menu returns it to its button.
 */
export function returnFocusToRow(id: string): (event: Event) => void {
  return (event) => {
    const row = document.querySelector(`[data-message="${id}"][tabindex="0"]`);
    if (!(row instanceof HTMLElement)) return;
    event.preventDefault();
    row.focus({ preventScroll: true });
  };
}
