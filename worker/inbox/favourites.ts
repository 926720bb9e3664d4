import { fail, ok, type Result } from '../../protocol/errors.ts';
import { FAVOURITES } from '../../protocol/limits.ts';
import type { FavouriteStore } from './rows/favourite-store.ts';

/** The groups that the user has marked as favourites, in the order that they have given them. */
export class Favourites {
  readonly #store: FavouriteStore;
  readonly #moved: (groupId: string, place: number | undefined) => void;
  #groupIds: readonly string[];

  /** `moved` is called for each group that has another place now, undefined for one that is no favourite any more. */
  constructor(store: FavouriteStore, moved: (groupId: string, place: number | undefined) => void) {
    this.#store = store;
    this.#moved = moved;
    this.#groupIds = store.read();
  }

  list(): readonly string[] {
    return this.#groupIds;
  }

  /** The place of a favourite, from 0; undefined for every other group. */
  placeOf(groupId: string): number | undefined {
    const place = this.#groupIds.indexOf(groupId);
    return place === -1 ? undefined : place;
  }

  /**
   * Makes a group a favourite, or moves one: to the place before another, else to the end. Two devices that move different
   * groups at once both get what they asked for. `conflict` above `FAVOURITES`.
   */
  put(groupId: string, before?: string): Result<null> {
    const others = this.#groupIds.filter((id) => id !== groupId);
    if (others.length >= FAVOURITES) {
      return fail(
        'conflict',
        `You have ${FAVOURITES} favourites. Remove one before you add another.`,
      );
    }
    // A group before itself stays where it is.
    if (before === groupId && others.length < this.#groupIds.length) return ok(null);
    const at = before === undefined ? -1 : others.indexOf(before);
    this.#change(others.toSpliced(at === -1 ? others.length : at, 0, groupId));
    return ok(null);
  }

  /** The group is no favourite any more; removing it twice is harmless. */
  remove(groupId: string): void {
    this.#change(this.#groupIds.filter((id) => id !== groupId));
  }

  #change(after: readonly string[]): void {
    const before = this.#groupIds;
    const moved = [...new Set([...before, ...after])].filter(
      (id) => before.indexOf(id) !== after.indexOf(id),
    );
    if (moved.length === 0) return;
    this.#groupIds = after;
    this.#store.put(after);
    for (const groupId of moved) this.#moved(groupId, this.placeOf(groupId));
  }
}
