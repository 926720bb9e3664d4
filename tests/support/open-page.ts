import { type GroupCache, groupCache } from '../../web/realtime/cache/group-cache.ts';
import type { Clock } from '../../web/realtime/clock.ts';
import { browserClock } from '../../web/realtime/clock.ts';
import type { GroupClient } from '../../web/realtime/group-client.ts';
import type { TimelineRow } from '../../web/realtime/group-view.ts';
import { LiveGroup } from '../../web/realtime/live-group.ts';
import { openOutboxStore } from '../../web/realtime/outbox/store.ts';
import type { Person } from './person.ts';

/** A page with a group open, as a browser would run it, without the browser. */
export interface OpenPage extends GroupClient {
  /** What people wrote, as the page shows it: the text, and how it stands unless it was sent. */
  shown(): string[];
  /** The same of the open thread's replies. */
  replies(): string[];
  /** The row of the message with this text; throws if there is none. */
  row(content: string): TimelineRow & { state: 'sent' };
  signedOut(): boolean;
  /** There was input. */
  use(): void;
  /** The page is hidden. */
  hide(): void;
  /** The person leaves the page. */
  leavePage(): void;
}

/** Surroundings that are not the usual ones. */
export interface PageOptions {
  clock?: Clock;
  cache?: GroupCache;
  isOnline?: () => boolean;
}

/** Opens the group as this person's page at `origin` does. Close it when the test is over. */
export function openPage(
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

/** Lets what a page asks of its own origin reach the server; gives how to undo that. */
export function pageFetch(origin: string, asked: (path: string) => void = () => {}): typeof fetch {
  const { fetch } = globalThis;
  return (path, init) => {
    asked(String(path));
    return fetch(new URL(String(path), origin), init);
  };
}
