import { v7 as uuidv7 } from 'uuid';
import type { InboxFrame } from '../../../protocol/inbox.ts';
import type { SignedIn } from '../../session/session.ts';
import { browserClock, type Clock } from '../clock.ts';
import { Connection } from '../connection/connection.ts';
import { lateTransport } from '../connection/late-transport.ts';
import { SocketTransport } from '../connection/socket-transport.ts';
import { pageWake, type Wake } from '../connection/wake.ts';
import { Activity } from '../signals/activity.ts';
import { ownQuiet } from '../signals/own-quiet.ts';
import { pageUsage, type Usage } from '../signals/usage.ts';
import { parseInboxEvents, type ReceivedInboxEvent } from './inbox-events.ts';

/** The connection of my own socket as it is now. */
export interface InboxConnection {
  view: Connection<ReceivedInboxEvent, InboxFrame>['view'];
  /** Connects at once instead of waiting. */
  reconnect(): void;
}

/** The user, what is called, and the environment where it differs from the page's. */
export interface InboxParts {
  session: SignedIn;
  /** The events of one frame, in order. The first of a connection replaces everything. */
  received(events: readonly ReceivedInboxEvent[]): void;
  /** Whether changes arrive by themselves now, and the connection. */
  changed(isLive: boolean, connection: InboxConnection): void;
  /** Where the server is, `http://…` or `https://…`. */
  origin?: string;
  clock?: Clock;
  wake?: Wake;
  usage?: Usage;
  /** 0 to 1. */
  random?: () => number;
}

/**
 * Opens my own socket or, where sockets are blocked, polls: it tells what is new in all of my groups. Returns the function that
 * closes it.
 */
export function openInbox({
  session,
  received,
  changed,
  origin = location.origin,
  clock = browserClock,
  wake = pageWake,
  usage = pageUsage,
  random = Math.random,
}: InboxParts): () => void {
  const client = uuidv7();
  let lastN = 0;
  /** Known while the server is polled. */
  let epoch: string | undefined;
  const position = () => (epoch === undefined ? undefined : { since: lastN, epoch });
  const report = (isLive: boolean) =>
    changed(isLive, { view: connection.view, reconnect: () => connection.reconnect() });
  const sendPresence = () => connection.send({ type: 'presence', state: activity.state });
  const activity = new Activity(clock, sendPresence);
  const connection: Connection<ReceivedInboxEvent, InboxFrame> = new Connection({
    session,
    clock,
    wake,
    random,
    ready: async () => undefined,
    heardBefore: () => undefined,
    openSocket: (token, to) =>
      new SocketTransport(
        {
          address: `${origin.replace(/^http/, 'ws')}/api/inbox/socket`,
          token,
          getToken: session.getToken,
          clock,
          firstEvent: 'inbox_state',
          parse: parseInboxEvents,
        },
        to,
      ),
    openPoll: (to) =>
      lateTransport(async () => {
        const { pollInbox } = await import('./inbox-poll.ts');
        return () => pollInbox({ client, position, getToken: session.getToken }, to);
      }, to),
    received(events) {
      for (const event of events) {
        const { type, n } = event;
        if (n === undefined) continue;
        const isGap = type !== 'inbox_state' && n !== lastN + 1;
        lastN = n;
        if (event.type === 'inbox_state') epoch = event.epoch;
        // The next connection begins with the state, so that nothing of this frame is needed.
        if (isGap) return connection.restart();
      }
      for (const event of events) {
        const isMine = event.type === 'presence_update' && event.userId === session.userId;
        if (!isMine || (event.state === 'dnd') === ownQuiet.isOn) continue;
        ownQuiet.isOn = event.state === 'dnd';
        for (const changed of ownQuiet.changed) changed();
      }
      received(events);
    },
    changed() {
      const isLive = connection.view.state === 'live';
      // The server takes every new connection for online.
      if (isLive && activity.state === 'away') sendPresence();
      report(isLive);
    },
    closed: () => report(false),
  });
  activity.used();
  const unwatch = usage.watch({
    used: () => activity.used(),
    hidden: () => undefined,
    left: () => undefined,
  });
  connection.open();
  return () => {
    unwatch();
    activity.close();
    connection.close();
  };
}
