import { startMiniflare } from '../../../local/server/start-worker.ts';

// A Durable Object that does nothing but a broadcast, as the other peers do it: what the platform itself takes. Each message is
// parsed, numbered, serialised once and sent to all. Stores nothing and checks nothing. Writes its port.

const SCRIPT = `import { DurableObject } from 'cloudflare:workers';

export default {
  fetch(request, env) {
    return env.ROOMS.getByName('room').fetch(request);
  },
};

export class Room extends DurableObject {
  seq = 0;
  users = 0;

  fetch() {
    const [client, server] = Object.values(new WebSocketPair());
    this.ctx.acceptWebSocket(server);
    server.serializeAttachment('user ' + ++this.users);
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(socket, data) {
    const { id, content } = JSON.parse(data);
    const userId = socket.deserializeAttachment();
    const message = { id, seq: ++this.seq, userId, content, createdAt: Date.now() };
    const text = JSON.stringify({ type: 'message', message });
    for (const each of this.ctx.getWebSockets()) each.send(text);
  }
}`;

const miniflare = await startMiniflare({
  stateDir: process.argv[2],
  worker: {
    name: 'bare',
    compatibilityDate: '2026-10-01',
    durableObjects: { ROOMS: 'Room' },
    modules: [{ type: 'ESModule', path: 'bare.js', contents: SCRIPT }],
  },
});
process.stdout.write(`${(await miniflare.ready).port}\n`);
process.on('SIGTERM', () => void miniflare.dispose().then(() => process.exit()));
