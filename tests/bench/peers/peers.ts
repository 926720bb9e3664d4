import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUN } from '../../../scripts/steps/bun.mjs';
import type { Step } from '../step.ts';

/** A server that Edgewise is compared with. */
export interface Peer {
  name: string;
  /** What it does with a message besides broadcasting it. */
  keeps: string;
  target: Exclude<Step['target'], 'edgewise'>;
  /** The command that runs it. `stateDir` is an empty folder. */
  command: (stateDir: string) => [program: string, ...args: string[]];
}

const script = (name: string) => join(import.meta.dirname, name);

export const PEERS: readonly Peer[] = [
  {
    name: 'ws',
    keeps: 'kept nowhere',
    target: 'plain',
    command: () => [process.execPath, script('ws-server.ts')],
  },
  {
    name: 'Bun',
    keeps: 'kept nowhere',
    target: 'plain',
    command: () => [BUN, script('bun-server.mjs')],
  },
  {
    name: 'Durable Object',
    keeps: 'kept nowhere',
    target: 'plain',
    command: (stateDir) => [process.execPath, script('bare-object-server.ts'), stateDir],
  },
  {
    name: 'Socket.IO',
    keeps: 'kept nowhere',
    target: 'socket.io',
    command: () => [process.execPath, script('socket-io-server.ts')],
  },
  {
    name: 'Socket.IO + SQLite',
    keeps: 'each inserted before its broadcast',
    target: 'socket.io',
    command: (stateDir) => [
      process.execPath,
      script('socket-io-server.ts'),
      join(stateDir, 'messages.sqlite'),
    ],
  },
];

/** Runs a peer in its own process while `work` uses it at its address. */
export async function withPeer<T>(peer: Peer, work: (url: string) => Promise<T>): Promise<T> {
  const stateDir = mkdtempSync(join(tmpdir(), 'peer-'));
  const [program, ...args] = peer.command(stateDir);
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  try {
    const [port] = await Promise.race([
      once(server.stdout, 'data'),
      exited.then(() => {
        throw new Error(`${peer.name} did not start`);
      }),
    ]);
    return await work(`http://127.0.0.1:${String(port).trim()}`);
  } finally {
    server.kill();
    await exited;
    rmSync(stateDir, { recursive: true, force: true });
  }
}
