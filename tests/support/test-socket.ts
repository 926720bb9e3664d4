import type { WebSocket } from 'ws';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import { ServerEvent, type ThreadStateEvent } from '../../protocol/server-events.ts';
import { type EventSocket, openEventSocket } from './event-socket.ts';

/** A group's socket in a test. */
export interface TestSocket extends EventSocket<ServerEvent, ClientFrame> {
  /**
   * Requests the group's state and waits for it. The Room flushes queued events first, so a test that asserts that an event
   * did *not* arrive need not sleep.
   */
  sync(from?: { since: number; epoch: string }): Promise<ThreadStateEvent>;
}

/** Opens a group's socket: see `openEventSocket`. */
export async function openSocket(
  socket: WebSocket,
  received?: (events: readonly ServerEvent[]) => void,
): Promise<TestSocket> {
  const opened = await openEventSocket<ServerEvent, ClientFrame>(socket, ServerEvent, received);
  return {
    ...opened,
    async sync(from) {
      const before = opened.events.length;
      opened.sendText(JSON.stringify({ type: 'thread_sync', ...from }));
      return opened.until('the state', () =>
        opened.events.slice(before).find((event) => event.type === 'thread_state'),
      );
    },
  };
}
