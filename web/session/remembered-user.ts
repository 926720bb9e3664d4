import { UserId } from '../../protocol/ids.ts';

/** The user of the last visit: with their id the page shows the cache before, or without, the server. */
const NAME = 'edgewise.user';

/** The id of the remembered user; undefined without one, or where the browser refuses storage. */
export function readRememberedUser(): string | undefined {
  try {
    return UserId.safeParse(localStorage.getItem(NAME)).data;
  } catch {
    return undefined;
  }
}

/** Remembers a user for the next load; undefined forgets the user. */
export function rememberUser(userId: string | undefined): void {
  try {
    if (userId === undefined) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, userId);
  } catch {
    // Without storage the next load waits for the server: nothing is lost.
  }
}

/** Calls back when another tab signs a user in, until the returned function is called. */
export function onUserRemembered(listener: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === NAME && newValue !== null) listener();
  };
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}
