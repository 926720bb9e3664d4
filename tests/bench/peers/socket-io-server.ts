import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { Server } from 'socket.io';

// A minimal group chat on Socket.IO, without authentication. Writes its port. With a path as its argument it stores each
// message in an SQLite database there before it broadcasts it, as durably as SQLite can; else it stores nothing.

const [path] = process.argv.slice(2);
const store = path === undefined ? () => undefined : storeIn(path);
const http = createServer();
const io = new Server(http, { transports: ['websocket'] });
let seq = 0;
io.on('connection', (socket) => {
  socket.on('message', ({ id, content }: { id: string; content: string }) => {
    const message = { id, seq: ++seq, userId: socket.id, content, createdAt: Date.now() };
    store(message);
    io.emit('message', message);
  });
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`${address.port}\n`);
});

function storeIn(file: string) {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(
    `CREATE TABLE messages (
       seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL, content TEXT NOT NULL, created_at INTEGER NOT NULL
     )`,
  );
  const insert = database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?)');
  return (message: {
    id: string;
    seq: number;
    userId: string;
    content: string;
    createdAt: number;
  }) => {
    const { id, userId, content, createdAt } = message;
    insert.run(message.seq, id, userId, content, createdAt);
  };
}
