import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { useLastKnown } from './use-last-known.ts';
import { usePages } from './use-pages.ts';

/** Groups that anybody may join and `query` finds, `Group[]`; `askMore` brings more while it `hasMore`. */
export function usePublicGroups(query: string) {
  const session = useSignedIn();
  const pages = usePages(keys.publicGroups(session.userId, query), (cursor, signal) =>
    api.publicGroups(session, query, cursor, signal),
  );
  const shown = useLastKnown(pages);
  return { ...pages, ...shown, data: shown.data?.flatMap(({ items }) => items) };
}
