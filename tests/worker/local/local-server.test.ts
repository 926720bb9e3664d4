import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { InboxEntryList, MessagePage } from '../../../protocol/rest.ts';
import { NODE, QUIET, ROOT, TOOLS } from '../../../scripts/steps/run.mjs';
import { say } from '../../support/connected-group.ts';
import { freePort } from '../../support/edgewise-process.ts';
import { eventually } from '../../support/eventually.ts';
import { isRunning, type NpmStart, npmStart } from '../../support/npm-start.ts';
import { signIn } from '../../support/person.ts';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

/** How long a start may take on a busy machine. */
const START_MS = 60_000;

let started: NpmStart | undefined;
let stateDir: string;

beforeAll(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'edgewise-state-'));
});
afterEach(async () => {
  started?.kill('SIGTERM');
  await started?.exited;
  started = undefined;
});
afterAll(() => rmSync(stateDir, { recursive: true }));

/** Starts Edgewise as `npm start` does, with the state of this suite; returns its address. */
async function start(env: Record<string, string> = {}): Promise<string> {
  const port = await freePort();
  started = npmStart({ PORT: String(port), STATE_DIR: stateDir, ...env });
  const url = `http://localhost:${port}`;
  await started.prints(`Edgewise is running at ${url}`);
  return url;
}

async function wrangler(...args: string[]): Promise<string> {
  const all = ['--no-warnings', TOOLS.wrangler, ...args, '-c', 'wrangler.local.toml'];
  const options = { cwd: ROOT, env: { ...process.env, ...QUIET } };
  return (await promisify(execFile)(NODE, all, options)).stdout;
}

describe('npm start', () => {
  // /proc has the parent of each process.
  const endings = [
    ['Ctrl-C', 'script', 'SIGINT'],
    ['SIGTERM', 'script', 'SIGTERM'],
    ['a closed terminal', 'script', 'SIGHUP'],
    ['kill -9', 'script', 'SIGKILL'],
    ['kill -9 of the process that leads workerd', 'server', 'SIGKILL'],
  ] as const;

  it.runIf(existsSync('/proc')).each(endings)(
    'leaves no process behind after %s',
    async (_, who, signal) => {
      await start();
      const processes = started?.processes() ?? { script: 0, server: 0, workerd: 0 };
      for (const pid of Object.values(processes)) expect(isRunning(pid)).toBe(true);
      process.kill(processes[who], signal);
      await eventually(() => {
        for (const pid of Object.values(processes)) expect(isRunning(pid)).toBe(false);
      });
    },
    START_MS,
  );

  it('reports a port that is in use, and exits', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
    started = npmStart({ PORT: String(port), STATE_DIR: stateDir });
    expect(await started.exited).toBe(1);
    expect(started.output()).toContain(`Port ${port} is in use.`);
    other.close();
  });

  it.each(['0', '65536', '3000a', ''])(
    'refuses the port "%s" with an explanation',
    async (port) => {
      started = npmStart({ PORT: port, STATE_DIR: stateDir });
      expect(await started.exited).toBe(1);
      expect(started.output()).toContain('PORT must be a number from 1 to 65535');
    },
  );

  it(
    'reads every variable of the configuration from the environment',
    async () => {
      const url = await start({ LIMIT_FRAMES_BURST: '1', LIMIT_FRAMES_PER_SECOND: '0.001' });
      const ada = await signIn(url, 'Ada');
      const socket = await ada.connect((await ada.createGroup()).id);
      await socket.next('thread_state');
      for (const typing of [true, false]) socket.send({ type: 'thread_typing', typing });
      expect((await socket.next('error')).code).toBe('rate_limited');
      await socket.close();
    },
    START_MS,
  );
});

describe('the state of an earlier version, which ran the Worker with wrangler dev', () => {
  it(
    'is kept, and wrangler sees the same database',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'edgewise-wrangler-'));
      const port = await freePort();
      const local = ['--persist-to', folder];
      await wrangler('d1', 'migrations', 'apply', 'edgewise', '--local', ...local);
      const dev = spawn(
        NODE,
        [
          ...['--no-warnings', TOOLS.wrangler, 'dev', '-c', 'wrangler.local.toml', ...local],
          ...['--port', String(port), '--ip', '127.0.0.1', '--inspector-port', '0'],
          ...['--log-level', 'error', '--show-interactive-dev-session=false'],
        ],
        { cwd: ROOT, env: { ...process.env, ...QUIET }, stdio: 'ignore' },
      );
      const ended = new Promise((resolve) => dev.once('exit', resolve));
      try {
        const before = await eventually(() => signIn(`http://127.0.0.1:${port}`, 'Ada'), START_MS);
        const group = await before.createGroup({ name: 'Older than Miniflare' });
        const socket = await before.connect(group.id);
        await say(socket, 'written before');
        await eventually(async () => {
          const query = ['--command', 'SELECT content FROM messages', ...local];
          expect(await wrangler('d1', 'execute', 'edgewise', '--local', ...query)).toContain(
            'written before',
          );
        }, START_MS);
        socket.terminate();
        dev.kill('SIGTERM');
        await ended;

        const ada = await signIn(await start({ STATE_DIR: folder }), 'Ada');
        expect(ada.userId).toBe(before.userId);
        const { items } = (await ada.api('GET', '/api/groups')).as(InboxEntryList);
        expect(items.map((entry) => entry.group.name)).toEqual(['Older than Miniflare']);
        const path = `/api/messages?groupId=${group.id}`;
        const { messages } = (await ada.api('GET', path)).as(MessagePage);
        expect(messages.map(({ content }) => content)).toContain('written before');

        await ada.createGroup({ name: 'Made with Miniflare' });
        const query = ['--command', 'SELECT name FROM groups', ...local];
        expect(await wrangler('d1', 'execute', 'edgewise', '--local', ...query)).toContain(
          'Made with Miniflare',
        );
        const list = ['migrations', 'list', 'edgewise', '--local', ...local];
        expect(await wrangler('d1', ...list)).toContain('No migrations to apply');
      } finally {
        dev.kill('SIGKILL');
        started?.kill('SIGTERM');
        await started?.exited;
        rmSync(folder, { recursive: true, force: true });
      }
    },
    3 * START_MS,
  );
});

describe('the log', () => {
  const edgewise = sharedEdgewise();

  it('contains uncaught errors, with a stack that names the sources', async () => {
    const ada = await edgewise.signIn('Ada');
    const { id } = await ada.createGroup();
    await edgewise.roomSql(id, 'ALTER TABLE messages RENAME TO elsewhere');
    expect((await ada.api('GET', `/api/messages?groupId=${id}`)).status).toBe(500);
    await eventually(() => {
      const uncaught = edgewise.logs().find((line) => line.startsWith('Uncaught'));
      expect(uncaught).toMatch(
        /no such table: messages.*\n(?: +at .*\n)* +at .*worker\/room\/[a-z/-]+\.ts:\d+:\d+/,
      );
    });
  });

  it('contains our own lines unchanged, one JSON object each', async () => {
    const line = edgewise.logs().find((text) => text.includes('request_failed'));
    expect(JSON.parse(line ?? '')).toMatchObject({ event: 'request_failed', method: 'GET' });
    expect(line).toMatch(/worker\/api\/[a-z/-]+\.ts:\d+:\d+/);
  });
});
