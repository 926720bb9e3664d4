/** Where the reader of a list was: a message, and how far its top stood below the top of the list, in px. */
export interface KeptPlace {
  key: string;
  top: number;
}

const places = new Map<string, readonly KeptPlace[]>();

/**
 * Remembers what somebody saw of a list, by its name and from the top: the first may be gone when they come back. Nothing
 * for its end. Until the page is left.
 */
export function keepPlace(name: string, seen: readonly KeptPlace[]): void {
  if (seen.length > 0) places.set(name, seen);
  else places.delete(name);
}

/** What somebody saw; nothing for the end, or if they never were there. */
export function keptPlace(name: string): readonly KeptPlace[] {
  return places.get(name) ?? [];
}
