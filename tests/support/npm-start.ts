import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { statusOf } from '../../scripts/steps/ancestors.mjs';
import { NODE, ROOT } from '../../scripts/steps/run.mjs';

/** `npm start` in a process of its own, as at a terminal. */
export interface NpmStart {
  /** Everything that it printed. */
  output(): string;
  /** Resolves once it has printed this; rejects if it exits before. */
  prints(text: string): Promise<void>;
  /** Its exit code; null if a signal ended it. */
  exited: Promise<number | null>;
  /** The process that runs the script, the one that leads workerd, and workerd. */
  processes(): { script: number; server: number; workerd: number };
  kill(signal: NodeJS.Signals): void;
}

/** Runs the script behind `npm start` with these variables on top of the environment; without a demo world unless `DEMO` is set. */
export function npmStart(env: Record<string, string>): NpmStart {
  const child: ChildProcess = spawn(NODE, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
      for (const listener of listeners) listener();
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const script = child.pid ?? 0;

  return {
    output: () => output,
    prints: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (output.includes(text)) resolve();
        };
        listeners.add(look);
        look();
        exited.then((code) => reject(new Error(`it ended (${code}) with: ${output}`)));
      }),
    exited,
    processes() {
      const [server = 0] = childrenOf(script);
      const [workerd = 0] = childrenOf(server);
      return { script, server, workerd };
    },
    kill: (signal) => child.kill(signal),
  };
}

/** Whether a process runs; one that has ended and that its parent has not reaped (a zombie) does not. */
export function isRunning(pid: number): boolean {
  const status = statusOf(pid);
  return status !== undefined && status.state !== 'Z';
}

function childrenOf(parent: number): number[] {
  const pids = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  return pids.filter((pid) => statusOf(pid)?.parent === parent);
}
