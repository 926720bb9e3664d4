import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { atRates, type Climb, climb, highestHeld, type Rung } from './climb.ts';
import { MEMBERS, MESSAGE_BYTES, P99_LIMIT_MS, SENDERS } from './step.ts';

// `npm run bench [-- --quick]`: how many messages a second one group holds, beside the same on Socket.IO.

const THOROUGH: Climb = {
  from: 200,
  factor: 1.25,
  upTo: 5000,
  warmUpMs: 3000,
  measureMs: 10_000,
  retries: 1,
};
/** The rates of a lively and of a very busy group, measured before the climb. */
const LOOKED_AT = [100, 1_000];
const QUICK: Climb = { ...THOROUGH, factor: 1.6, warmUpMs: 2000, measureMs: 4000 };

/** Otherwise only the limits of a single user would be measured. */
const UNLIMITED = {
  ...UNLIMITED_PEOPLE,
  LIMIT_ROOM_FRAMES_PER_SECOND: '1000000',
  // Senders are moved to memory during the warm-up, not during the measurement.
  ROOM_HOT_FRAMES_PER_SECOND: '50',
};

const how = process.argv.includes('--quick') ? QUICK : THOROUGH;
console.info(
  `One group, ${MEMBERS} sockets, ${SENDERS} senders, ${MESSAGE_BYTES} bytes a message; held means that nothing is ` +
    `lost or doubled and that p99 is under ${P99_LIMIT_MS} ms. ${cpus().length} cores, shared with the load generator.\n`,
);
const edgewise = await climbEdgewise();
const socketIo = await climbSocketIo();

const [ours, theirs] = [highestHeld(edgewise)?.rate ?? 0, highestHeld(socketIo)?.rate ?? 0];
console.info(
  `\nHeld: Edgewise ${ours} messages a second (each kept, ordered and authorised), Socket.IO ${theirs}`,
);
console.info(`(kept nowhere): ${theirs > 0 ? (ours / theirs).toFixed(2) : '∞'} times as many.`);

async function climbEdgewise(): Promise<Rung[]> {
  const server = await startEdgewiseProcess({ vars: UNLIMITED });
  try {
    tellHead('Edgewise');
    const target = { target: 'edgewise', url: server.url } as const;
    await atRates(target, LOOKED_AT, how, tell);
    return await climb(target, how, tell);
  } finally {
    await server.dispose();
  }
}

async function climbSocketIo(): Promise<Rung[]> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'socket-io-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(server.stdout, 'data');
    tellHead('Socket.IO');
    const url = `http://127.0.0.1:${String(port).trim()}`;
    const target = { target: 'socket.io', url } as const;
    await atRates(target, LOOKED_AT, how, tell);
    return await climb(target, how, tell);
  } finally {
    server.kill();
  }
}

function tellHead(name: string): void {
  console.info(`${name.padEnd(10)}  msg/s  deliveries/s  median ms  p99 ms   lost  generator`);
}

function tell({ rate, held, result }: Rung): void {
  const cells = [
    (held ? 'held' : 'not held').padEnd(10),
    String(rate).padStart(5),
    String(rate * MEMBERS).padStart(12),
    String(result.medianMs).padStart(9),
    String(result.p99Ms).padStart(6),
    String(result.lost).padStart(5),
    `${Math.round(result.generatorLoad * 100)} %`.padStart(9),
  ];
  console.info(cells.join('  '));
}
