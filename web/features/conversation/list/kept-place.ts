/** A position in a list: a message, and the distance of its top from the top of the list, px. */
export interface KeptPlace {
  key: string;
  top: number;
}

const places = new Map<string, readonly KeptPlace[]>();

/**
 * Remembers the items in view of a list, by its name and from the top: the first may be gone later. Empty for the end of the
 * list. It lasts until the page is closed.
 */
export function keepPlace(name: string, seen: readonly KeptPlace[]): void {
  if (seen.length > 0) places.set(name, seen);
  else places.delete(name);
}

/** The remembered items in view; empty for the end of the list, and for a list that was never shown. */
export function keptPlace(name: string): readonly KeptPlace[] {
  return places.get(name) ?? [];
}
