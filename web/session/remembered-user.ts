import { UserId } from '../../protocol/ids.ts';

/** Who was signed in here when the page was last used: lets it show what this machine keeps before, or without, the server. */
const NAME = 'edgewise.user';

/** Their id; undefined for nobody, or where storage is refused. */
export function readRememberedUser(): string | undefined {
  try {
    return UserId.safeParse(localStorage.getItem(NAME)).data;
  } catch {
    return undefined;
  }
}

/** Remembers them for the next load; undefined forgets them. */
export function rememberUser(userId: string | undefined): void {
  try {
    if (userId === undefined) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, userId);
  } catch {
    // Without storage the next load begins without knowing: nothing is lost.
  }
}
