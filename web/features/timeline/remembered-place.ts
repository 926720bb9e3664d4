/** Where somebody stopped reading: the item at the top, and how far into it, px. */
export interface Place {
  key: string;
  into: number;
}

/** By group, while the page lives: coming back to a group restores where one was. Who was at the end has no place. */
export const rememberedPlaces = new Map<string, Place>();
