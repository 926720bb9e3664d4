// Bun's publish/subscribe, a compiled broker: each message is parsed, numbered, serialised once and published to all. Stores
// nothing and checks nothing. Bun runs this file, and not Node. Writes its port.

const TOPIC = 'group';
let seq = 0;
let users = 0;
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request, server) {
    return server.upgrade(request, { data: { userId: `user ${++users}` } })
      ? undefined
      : new Response(null, { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    // What waits for a slow reader is kept, as the others keep it.
    backpressureLimit: 1024 ** 3,
    open: (socket) => socket.subscribe(TOPIC),
    message(socket, data) {
      const { id, content } = JSON.parse(String(data));
      const { userId } = socket.data;
      const message = { id, seq: ++seq, userId, content, createdAt: Date.now() };
      server.publish(TOPIC, JSON.stringify({ type: 'message', message }));
    },
  },
});
process.stdout.write(`${server.port}\n`);
