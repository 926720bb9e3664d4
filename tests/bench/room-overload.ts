import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { UNLIMITED_PEOPLE } from '../support/unlimited.ts';
import { type Overload, type OverloadResult, offer } from './overload.ts';
import { watchMemory } from './peak-memory.ts';

// `npm run bench -- overload [--quick]`: how a Room behaves under overload. Fails if it breaks a guarantee.

const THOROUGH = { clients: 100, rate: 3_000, forMs: 20_000 };
const QUICK = { clients: 40, rate: 3_000, forMs: 5_000 };
/** The longest time to open a group under overload. */
const NEWCOMER_WITHIN_MS = 2_000;
const MB = 1024 * 1024;

const how = process.argv.includes('--quick') ? QUICK : THOROUGH;
const server = await startEdgewiseProcess({ vars: UNLIMITED_PEOPLE });
try {
  const { clients, rate, forMs } = how;
  console.info(
    `One group, ${clients} clients with ${rate} messages a second for ${forMs / 1_000} s.\n`,
  );
  const memory = watchMemory(server.pid());
  const result = await offer({ url: server.url, ...how });
  tell(how, result, memory.stop());
  process.exitCode = isKept(result) ? 0 : 1;
} finally {
  await server.dispose();
}

function tell(
  load: Omit<Overload, 'url'>,
  result: OverloadResult,
  memory: number | undefined,
): void {
  const { offered, acknowledged, tookMs, closed, differing } = result;
  const codes = Object.entries(closed).map(([code, times]) => `${times} with ${code}`);
  console.info(`acknowledged      ${acknowledged} of ${offered}, the last after ${tookMs} ms`);
  console.info(`told to wait      ${result.toldToWait} times`);
  console.info(`disconnected      ${codes.join(', ') || 'nobody'}`);
  console.info(
    `longest silence   ${result.longestSilenceMs} ms without a message for who only reads`,
  );
  console.info(
    `newcomers         ${result.newcomers}, median ${result.newcomerMedianMs} ms, slowest ${result.newcomerSlowestMs} ms`,
  );
  console.info(`lost, doubled     ${result.lost}, ${result.doubled}`);
  console.info(`differing         ${differing.length} of ${load.clients} clients, having resumed`);
  if (memory !== undefined) console.info(`memory            ${Math.round(memory / MB)} MB at most`);
}

function isKept(result: OverloadResult): boolean {
  const { offered, acknowledged, lost, doubled, differing, newcomerSlowestMs } = result;
  const isWhole = acknowledged === offered && lost + doubled + differing.length === 0;
  return isWhole && newcomerSlowestMs <= NEWCOMER_WITHIN_MS;
}
