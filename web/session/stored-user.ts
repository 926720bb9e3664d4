import { UserId } from '../../protocol/ids.ts';

/** The id of a user that this browser stores under a name; undefined without one, or where the browser refuses storage. */
export function storedUser(name: string): string | undefined {
  try {
    return UserId.safeParse(localStorage.getItem(name)).data;
  } catch {
    return undefined;
  }
}

/** Stores the id of a user; undefined deletes it. Without storage the next load waits for the server: nothing is lost. */
export function storeUser(name: string, userId: string | undefined): void {
  try {
    if (userId === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, userId);
  } catch {
    // Private windows may refuse it.
  }
}
