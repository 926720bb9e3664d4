/** Whether a dialog, a popover or a menu is open: the keys then belong to it. */
export function isOverlayOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
