import { storedUser, storeUser } from './stored-user.ts';

/** The user of the last visit: with their id the page shows the cache before, or without, the server. */
const NAME = 'edgewise.user';

/** The id of the remembered user; undefined without one. */
export const readRememberedUser = (): string | undefined => storedUser(NAME);

/** Remembers a user for the next load; undefined forgets the user. */
export const rememberUser = (userId: string | undefined): void => storeUser(NAME, userId);

/** Calls back when another tab signs a user in, until the returned function is called. */
export function onUserRemembered(listener: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === NAME && newValue !== null) listener();
  };
  window.addEventListener('storage', onStorage);
  return () => window.removeEventListener('storage', onStorage);
}
