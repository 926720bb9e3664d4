import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { type GroupCache, groupCache } from '../../web/realtime/cache/group-cache.ts';
import type { Clock } from '../../web/realtime/clock.ts';
import { browserClock } from '../../web/realtime/clock.ts';
import type { GroupClient } from '../../web/realtime/group-client.ts';
import type { TimelineRow } from '../../web/realtime/group-view.ts';
import { LiveGroup } from '../../web/realtime/live-group.ts';
import { openOutboxStore } from '../../web/realtime/outbox/store.ts';
import type { Person } from './person.ts';
import type { SharedEdgewise } from './shared-edgewise.ts';

/** A page with a group open, as in a browser, without the browser. */
export interface OpenPage extends GroupClient {
  /** The shown messages that people wrote: the text, and the state unless it was sent. */
  shown(): string[];
  /** The shown replies of the open thread, in the form of `shown`. */
  replies(): string[];
  /** The row of the message with this text; throws if there is none. */
  row(content: string): TimelineRow & { state: 'sent' };
  signedOut(): boolean;
  /** Reports input. */
  use(): void;
  /** Hides the page. */
  hide(): void;
  /** Leaves the page. */
  leavePage(): void;
}

/** What differs from a page's usual surroundings. */
export interface PageOptions {
  clock?: Clock;
  cache?: GroupCache;
  isOnline?: () => boolean;
}

/** Opens the group as this person's page does. */
export type OpenGroup = (person: Person, groupId: string, options?: PageOptions) => OpenPage;

/**
 * Lets the tests of a suite open groups as pages of this Edgewise do. A page closes after the test that opened it. `fetch` of
 * a path reaches the Edgewise while the suite runs; `requested` is called with each path.
 */
export function pagesOf(
  edgewise: SharedEdgewise,
  requested: (path: string) => void = () => undefined,
): OpenGroup {
  const pages: OpenPage[] = [];
  beforeAll(() => void vi.stubGlobal('fetch', fetchFrom(edgewise.origin, requested)));
  afterEach(() => {
    for (const page of pages.splice(0)) page.close();
  });
  afterAll(() => void vi.unstubAllGlobals());
  return (person, groupId, options) => {
    const page = openPage(edgewise.origin, person, groupId, options);
    pages.push(page);
    return page;
  };
}

function openPage(
  origin: string,
  person: Person,
  groupId: string,
  { clock = browserClock, cache = groupCache, isOnline = () => true }: PageOptions = {},
): OpenPage {
  let signedOut = false;
  let usage = { used: () => {}, hidden: () => {}, left: () => {} };
  const client = new LiveGroup({
    groupId,
    origin,
    session: {
      state: 'signed-in',
      userId: person.userId,
      getToken: () => person.token(),
      signOut: async () => {
        signedOut = true;
      },
    },
    store: openOutboxStore(),
    cache,
    clock,
    wake: { isOnline, watch: () => () => undefined },
    usage: {
      watch(on) {
        usage = on;
        return () => undefined;
      },
    },
    random: Math.random,
  });
  client.subscribe(() => undefined);
  return Object.assign(client, {
    shown: () => client.getView().rows.flatMap(textOf),
    replies: () => client.getView().thread?.rows.flatMap(textOf) ?? [],
    row(content: string) {
      const { rows, thread } = client.getView();
      const found = [...rows, ...(thread?.rows ?? [])].find(
        (row) => row.state === 'sent' && row.message.content === content,
      );
      if (found?.state !== 'sent') throw new Error(`there is no row "${content}"`);
      return found;
    },
    signedOut: () => signedOut,
    use: () => usage.used(),
    hide: () => usage.hidden(),
    leavePage: () => usage.left(),
  });
}

function textOf(row: TimelineRow): string[] {
  if (row.state !== 'sent') return [`${row.content} (${row.state})`];
  if (row.message.system) return [];
  return [row.message.deletedAt === undefined ? row.message.content : 'deleted'];
}

/** `fetch` as of a page of this origin; `requested` is called with each path. */
export function fetchFrom(
  origin: string,
  requested: (path: string) => void = () => undefined,
): typeof fetch {
  const { fetch } = globalThis;
  return (path, init) => {
    requested(String(path));
    return fetch(new URL(String(path), origin), init);
  };
}
