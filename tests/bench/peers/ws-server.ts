import { WebSocket, WebSocketServer } from 'ws';

// Nothing but a broadcast over `ws`: each message is parsed, numbered, serialised once and sent to all. Stores nothing and
// checks nothing. Writes its port.

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
let seq = 0;
let users = 0;
server.on('connection', (socket) => {
  const userId = `user ${++users}`;
  socket.on('message', (data) => {
    const { id, content } = JSON.parse(String(data));
    const message = { id, seq: ++seq, userId, content, createdAt: Date.now() };
    const text = JSON.stringify({ type: 'message', message });
    for (const client of server.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(text);
    }
  });
});
server.on('listening', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`);
});
