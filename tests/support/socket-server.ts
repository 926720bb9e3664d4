import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ServerEvent } from '../../protocol/server-events.ts';
import { eventually } from './eventually.ts';

/** A socket that a client opened to a `SocketServer`. */
export interface AcceptedSocket {
  /** The query of the client's request. */
  query: URLSearchParams;
  /** The offered subprotocols, the bearer among them. */
  protocols: string[];
  /** The texts that the client has sent so far. */
  received: string[];
  /** Sends one frame. */
  send(...events: (ServerEvent | { type: string; rev?: number })[]): void;
  /** Sends text that need not be a frame. */
  say(text: string): void;
  close(code: number, reason?: string): void;
  /** Drops the connection without a close frame. */
  cut(): void;
}

/** A real WebSocket server that sends only what a test tells it to. */
export interface SocketServer {
  origin: string;
  /** The accepted sockets, oldest first. */
  sockets: AcceptedSocket[];
  /** The `n`th socket from 0, once a client has opened it. */
  accepted(n: number): Promise<AcceptedSocket>;
  close(): Promise<void>;
}

/** Starts a WebSocket server on a free port. */
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
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
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
  const received: string[] = [];
  socket.on('message', (data) => received.push(String(data)));
  return {
    query: url.searchParams,
    protocols: protocols.split(', '),
    received,
    send: (...events) => socket.send(JSON.stringify(events)),
    say: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
  };
}
