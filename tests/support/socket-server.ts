import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ServerEvent } from '../../protocol/server-events.ts';
import { eventually } from './eventually.ts';

/** A socket that a client opened at a `SocketServer`. */
export interface AcceptedSocket {
  /** As the client asked for it. */
  query: URLSearchParams;
  /** What it offered, the bearer among it. */
  protocols: string[];
  /** What the client has sent so far. */
  heard: string[];
  /** Sends one frame. */
  send(...events: (ServerEvent | { type: string; rev?: number })[]): void;
  /** Sends text that need not be a frame. */
  say(text: string): void;
  close(code: number, reason?: string): void;
  /** Takes the line away without a goodbye. */
  cut(): void;
}

/** A real WebSocket server that says only what a test lets it say. */
export interface SocketServer {
  origin: string;
  /** The sockets so far, the oldest first. */
  sockets: AcceptedSocket[];
  /** The `n`th socket from 0, once a client has opened it. */
  accepted(n: number): Promise<AcceptedSocket>;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function startSocketServer(): Promise<SocketServer> {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: () => 'edgewise.v1',
  });
  await once(server, 'listening');
  const sockets: AcceptedSocket[] = [];
  server.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    sockets.push(accept(socket, url, request.headers['sec-websocket-protocol'] ?? ''));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    sockets,
    accepted: (n) =>
      eventually(() => {
        const socket = sockets[n];
        if (!socket) throw new Error(`no client opened socket ${n}`);
        return socket;
      }),
    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

function accept(socket: WebSocket, url: URL, protocols: string): AcceptedSocket {
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  return {
    query: url.searchParams,
    protocols: protocols.split(', '),
    heard,
    send: (...events) => socket.send(JSON.stringify(events)),
    say: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
  };
}
