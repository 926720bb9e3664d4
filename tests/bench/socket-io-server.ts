import { createServer } from 'node:http';
import { Server } from 'socket.io';

// The comparison: a minimal group chat on Socket.IO, without storage or authentication. Writes its port.

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });
let seq = 0;
io.on('connection', (socket) => {
  socket.on('message', ({ id, content }: { id: string; content: string }) => {
    io.emit('message', { id, seq: ++seq, userId: socket.id, content, createdAt: Date.now() });
  });
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`);
});
