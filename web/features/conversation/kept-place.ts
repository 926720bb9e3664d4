/** Where the reader of a list was: a message, and how far its top stood below the top of the list, in px. */
export interface KeptPlace {
  key: string;
  top: number;
}

const places = new Map<string, KeptPlace>();

/** Remembers where somebody was in a list, by its name; undefined for its end. Until the page is left. */
export function keepPlace(name: string, place: KeptPlace | undefined): void {
  if (place) places.set(name, place);
  else places.delete(name);
}

/** Where somebody was; undefined for the end, or if they never were there. */
export function keptPlace(name: string): KeptPlace | undefined {
  return places.get(name);
}
