import type { GroupClient } from '../../web/realtime/group-client.ts';
import { LiveGroup } from '../../web/realtime/live-group.ts';
import { openOutboxStore } from '../../web/realtime/outbox/store.ts';
import { ADA_SESSION, GROUP_ID } from './group-events.ts';
import type { SocketServer } from './socket-server.ts';

/** Ada's client of the group on a server that a test speaks for; it is online, keeps an outbox, and has no cache. */
export function clientOnServer(
  server: SocketServer,
  parts: Partial<ConstructorParameters<typeof LiveGroup>[0]> = {},
): GroupClient {
  return new LiveGroup({
    groupId: GROUP_ID,
    origin: server.origin,
    session: ADA_SESSION,
    store: openOutboxStore(),
    cache: { read: async () => undefined, write: async () => true },
    wake: { isOnline: () => true, watch: () => () => undefined },
    usage: { watch: () => () => undefined },
    ...parts,
  });
}
