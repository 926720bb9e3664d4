import type { QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ThreadList } from '../../protocol/threads.ts';
import type { KeptQueries } from './kept-queries.ts';
import { keys } from './keys.ts';

/** A page of the threads of all groups, and when it was fetched, ms UTC. `z.extend` would enlarge the first load. */
const ListedThreads = z.object({ ...ThreadList.shape, listedAt: z.number() });
export type ListedThreads = z.infer<typeof ListedThreads>;

/** The pages as TanStack Query has them. */
const Pages = z.object({ pages: z.array(ListedThreads), pageParams: z.array(z.unknown()) });
type Pages = z.infer<typeof Pages>;

/** The threads of all groups as the next visit begins with them. They are stored apart: the first frame does not read them. */
export const KEPT_THREADS: KeptQueries = {
  name: 'threads',
  queries: [{ key: keys.allThreads(), schema: Pages }],
};

/**
 * Leaves only the first page, which is fetched again when the threads are shown: with the others that would take long. It has
 * no cursor, which JSON stores as null.
 */
export function trimThreads(queries: QueryClient): void {
  queries.setQueryData<Pages>(
    keys.allThreads(),
    (all) => all && { pages: all.pages.slice(0, 1), pageParams: [undefined] },
  );
}
