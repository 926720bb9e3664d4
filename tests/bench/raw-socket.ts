import { WebSocket } from 'ws';

/** Where a client is in a group. */
export interface RawPosition {
  since: number;
  epoch: string;
}

/** A socket that does not parse what it receives: a client that did would measure itself. */
export interface RawSocket {
  socket: WebSocket;
  /** The frame with the state, as text. */
  state: string;
}

/**
 * Opens a group's socket, and resolves when its state is there. Rejects if it closes before, or begins with anything else.
 * Calls `received` with every frame after that.
 */
export async function openRawSocket(
  url: string,
  groupId: string,
  token: string,
  position?: RawPosition,
  received?: (frame: Buffer) => void,
): Promise<RawSocket> {
  const address = new URL(`/api/groups/${groupId}/socket`, url.replace(/^http/, 'ws'));
  if (position) address.search = `since=${position.since}&epoch=${position.epoch}`;
  const protocols = ['edgewise.v1', `bearer.${token}`];
  const socket = new WebSocket(address, protocols, {
    origin: url,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<RawSocket>();
  socket.once('message', (data) => {
    const state = String(data);
    if (received) socket.on('message', received);
    if (state.startsWith('[{"type":"thread_state"')) resolve({ socket, state });
    else reject(new Error(`the first event was no state: ${state.slice(0, 100)}`));
  });
  socket.on('error', reject);
  socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
  return promise;
}
