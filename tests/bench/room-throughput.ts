import { cpus, loadavg } from 'node:os';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { atRates, type Climb, climb, highestHeld, type Rung } from './climb.ts';
import { PEERS, type Peer, withPeer } from './peers/peers.ts';
import { MEMBERS, MESSAGE_BYTES, P99_LIMIT_MS, SENDERS, type Step } from './step.ts';

// `npm run bench [-- --quick]`: how many messages a second one group holds, beside the same on other servers, each in its
// own process.

const THOROUGH: Climb = {
  from: 200,
  factor: 1.25,
  upTo: 10_000,
  warmUpMs: 3000,
  measureMs: 10_000,
  retries: 1,
};
/**
 * The rates of a lively and of a very busy group, measured before the climb. A Room takes longer at the first of them than a
 * warm-up of the climb until it is hot and has moved its senders.
 */
const LOOKED_AT = { rates: [100, 1_000], warmUpMs: 6_000 };
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
    `lost or doubled and that p99 is under ${P99_LIMIT_MS} ms. ${cpus().length} cores, shared with the load generator. ` +
    `Load of the machine before: ${loadavg()[0]?.toFixed(1)}.\n`,
);
const ours = highestHeld(await climbEdgewise())?.rate ?? 0;
console.info(`\nEdgewise held ${ours} messages a second, each kept, ordered and authorised.\n`);
for (const peer of PEERS) {
  const theirs = highestHeld(await climbPeer(peer))?.rate ?? 0;
  const times = theirs > 0 ? (ours / theirs).toFixed(2) : '∞';
  console.info(`\n${peer.name} held ${theirs} (${peer.keeps}): Edgewise ${times} times as many.\n`);
}

async function climbEdgewise(): Promise<Rung[]> {
  const server = await startEdgewiseProcess({ vars: UNLIMITED });
  try {
    return await climbAt('Edgewise', { target: 'edgewise', url: server.url });
  } finally {
    await server.dispose();
  }
}

function climbPeer(peer: Peer): Promise<Rung[]> {
  return withPeer(peer, (url) => climbAt(peer.name, { target: peer.target, url }));
}

async function climbAt(name: string, target: Pick<Step, 'target' | 'url'>): Promise<Rung[]> {
  tellHead(name);
  await atRates(target, LOOKED_AT.rates, { ...how, warmUpMs: LOOKED_AT.warmUpMs }, tell);
  return climb(target, how, tell);
}

function tellHead(name: string): void {
  console.info(`${name.padEnd(18)}  msg/s  deliveries/s  median ms  p99 ms   lost  generator`);
}

function tell({ rate, held, result }: Rung): void {
  const cells = [
    (held ? 'held' : 'not held').padEnd(18),
    String(rate).padStart(5),
    String(rate * MEMBERS).padStart(12),
    String(result.medianMs).padStart(9),
    String(result.p99Ms).padStart(6),
    String(result.lost).padStart(5),
    `${Math.round(result.generatorLoad * 100)} %`.padStart(9),
  ];
  console.info(cells.join('  '));
}
