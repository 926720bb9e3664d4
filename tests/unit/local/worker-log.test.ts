import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { workerLog } from '../../../local/server/worker-log.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** A script whose source map leads from its third line to the first line of the Room. */
const folder = mkdtempSync(join(tmpdir(), 'edgewise-log-'));
const script = join(folder, 'local.js');
writeFileSync(
  `${script}.map`,
  JSON.stringify({
    version: 3,
    sources: [join(ROOT, 'worker/room/room.ts')],
    names: [],
    mappings: ';;AAAA',
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

const read = workerLog(script);

describe('a line of the Worker', () => {
  it('is left unchanged', () => {
    const line = { level: 'warn', message: '{"event":"mirror_failed","failures":1}' };
    expect(read(line)).toEqual(line);
  });

  it.each([
    [
      'a stack',
      `Error: no\n    at Room.send (${'local.js'}:3:5)`,
      'at Room.send (worker/room/room.ts:1:5)',
    ],
    ['a stack with whole paths', `    at file://${script}:3:5`, 'at worker/room/room.ts:1:5'],
    ['a JSON line', '{"stack":["at send (local.js:3:5)"]}', '"at send (worker/room/room.ts:1:5)"'],
  ])('names places in the sources in %s', (_, message, expected) => {
    expect(read({ level: 'error', message })?.message).toContain(expected);
  });

  it('is kept where a person wrote about workerd', () => {
    const line = { level: 'info', message: 'a client is disconnected: jsg.Error' };
    expect(read(line)).toEqual(line);
  });

  it('keeps a position that the source map does not contain', () => {
    const message = 'at send (other.js:3:5)';
    expect(read({ level: 'error', message })?.message).toBe(message);
  });

  it('that no handler caught is an error, whatever its level', () => {
    const message =
      'uncaught exception; source = Uncaught (in promise); stack = Error: no\n    at send (local.js:3:5)';
    expect(read({ level: 'info', message })).toEqual({
      level: 'error',
      message: 'Uncaught (in promise): Error: no\n    at send (worker/room/room.ts:1:5)',
    });
  });
});

describe('a line of workerd', () => {
  it.each([
    ['a client that is gone', 'exception = workerd/api/web-socket.c++:1140: disconnected: gone'],
    [
      'a broken connection',
      'kj::f() = rust/ffi.rs:1: disconnected: write()\nstack: /bin/workerd@58',
    ],
    [
      'a request that was given up',
      'exception = kj/http.c++:1: disconnected: gone\nstack: /bin/workerd@58',
    ],
    [
      'an error that was logged already',
      'uncaught exception; exception = jsg/value.h:1: failed: jsg.Error: no\nstack: /bin/workerd@58',
    ],
    ['a note for its makers', 'NOSENTRY SQLite alarm overdue, running despite mismatch'],
  ])('is left out: %s', (_, message) => {
    expect(read({ level: 'info', message })).toBeUndefined();
  });
});
