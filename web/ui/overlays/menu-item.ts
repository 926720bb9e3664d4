/** The look of an item of a menu, but for its colour. A finger needs more height than a mouse. */
export const MENU_ITEM =
  'flex min-h-8 pointer-coarse:min-h-11 cursor-default items-center gap-2.5 rounded-small px-2.5 outline-none data-[highlighted]:bg-hover';
