import type { QueryClient, QueryKey } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { User } from '../../protocol/models.ts';
import { named } from '../../protocol/named.ts';
import { InboxEntryList } from '../../protocol/rest.ts';
import { forgetting } from '../realtime/forgetting.ts';
import { localName } from '../session/local-names.ts';
import { firstKeys } from './first-keys.ts';

/** Queries that are stored together under one name. */
export interface KeptQueries {
  name: string;
  queries: readonly { key: QueryKey; schema: z.ZodMiniType }[];
}

/** What the frame shows of its user: with it a page without a network is the same page. */
const OF_FRAME: KeptQueries = {
  name: 'queries',
  queries: [
    { key: firstKeys.me(), schema: User },
    { key: firstKeys.myGroups(), schema: InboxEntryList },
  ],
};

const Stored = named(z.unknown());

/**
 * Fills a query cache with what this browser stores of the user's last visit. It is in `localStorage`, so that the first frame
 * shows it; signing out deletes it. What it restores counts as stale.
 */
export function restoreQueries(queries: QueryClient, userId: string, kept = OF_FRAME): void {
  const stored = read(localName(kept.name, userId));
  for (const { key, schema } of kept.queries) {
    const data = schema.safeParse(stored[key.join()]);
    if (data.success) queries.setQueryData(key, data.data, { updatedAt: 1 });
  }
}

/** Stores newer answers for the next visit, until the returned function is called or the user is forgotten. */
export function keepQueries(queries: QueryClient, userId: string, kept = OF_FRAME): () => void {
  const name = localName(kept.name, userId);
  const stop = queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const key = event.query.queryKey.join();
    if (!kept.queries.some((it) => it.key.join() === key)) return;
    write(name, { ...read(name), [key]: event.query.state.data });
  });
  // A cache that lives on must not store the deleted data again.
  const unwatch = forgetting.watch((forgotten) => {
    if (forgotten === userId) stop();
  });
  return () => {
    stop();
    unwatch();
  };
}

function read(name: string): Record<string, unknown> {
  try {
    return Stored.safeParse(JSON.parse(localStorage.getItem(name) ?? '{}')).data ?? {};
  } catch {
    return {};
  }
}

function write(name: string, stored: Record<string, unknown>): void {
  try {
    localStorage.setItem(name, JSON.stringify(stored));
  } catch (error) {
    console.warn('A list could not be kept:', error);
  }
}
