import type { QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ThreadList } from '../../protocol/rest.ts';
import type { KeptQueries } from './kept-queries.ts';
import { keys } from './keys.ts';

/** A page of the threads of all groups, and when it was fetched, ms UTC. */
const ListedThreads = z.extend(ThreadList, { listedAt: z.number() });
export type ListedThreads = z.infer<typeof ListedThreads>;

/** The pages as TanStack Query has them. */
interface Pages {
  pages: ListedThreads[];
  pageParams: unknown[];
}

/** The threads of all groups as the next visit begins with them. They are stored apart: the first frame does not read them. */
export const KEPT_THREADS: KeptQueries = {
  name: 'threads',
  queries: [
    {
      key: keys.allThreads(),
      schema: z.pipe(
        z.object({ pages: z.array(ListedThreads), pageParams: z.array(z.unknown()) }),
        z.transform(firstPage),
      ),
    },
  ],
};

/** Leaves only the first page, which is fetched again when the threads are shown: with the others that would take long. */
export function trimThreads(queries: QueryClient): void {
  queries.setQueryData<Pages>(keys.allThreads(), (all) => all && firstPage(all));
}

/** The first page has no cursor, which JSON stores as null. */
function firstPage({ pages }: Pages): Pages {
  return { pages: pages.slice(0, 1), pageParams: [undefined] };
}
