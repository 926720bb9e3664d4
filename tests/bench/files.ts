import { setTimeout as pause } from 'node:timers/promises';
import { startEdgewiseProcess } from '../support/edgewise-process.ts';
import { type Person, signIn } from '../support/person.ts';
import { type FileClient, fileClient, fileIdIn } from '../support/uploading.ts';
import { startBareBucket } from './bare-bucket.ts';
import { MIB, madeBytes, readThrough } from './made-bytes.ts';
import { watchMemory } from './peak-memory.ts';

// `npm run bench -- files [--quick]`: how fast a file goes up and down beside the bare R2 binding, whether an upload that is cut
// three times and goes on after a restart arrives as it is, and how much memory the server needs for the largest file.

const QUICK = process.argv.includes('--quick');
const SIZE = (QUICK ? 48 : 300) * MIB;
const LARGEST = (QUICK ? 96 : 1024) * MIB;
const RUNS = 2;
/** A request of the page has as many. */
const REQUEST_BYTES = 64 * MIB;
const CUTS = 3;

const expected = (await readThrough(madeBytes(0, SIZE))).hash;
const bare = await startBareBucket();
const server = await startEdgewiseProcess();
try {
  const ada = await signIn(server.url, 'Ada');
  const { id: groupId } = await ada.createGroup();
  for (let run = 1; run <= RUNS; run += 1) {
    report(`bare R2, run ${run}`, await measureBare(bare.url));
    report(`Edgewise, run ${run}`, await measureEdgewise(ada, groupId));
  }
  await uploadWithCuts(ada, groupId);
} finally {
  await server.dispose();
  await bare.close();
}
await measureMemory();

interface Speeds {
  /** MiB a second. */
  up: number;
  down: number;
}

function report(what: string, { up, down }: Speeds): void {
  const speed = (value: number) => `${value.toFixed(0)} MiB/s`.padStart(10);
  console.info(`${what.padEnd(18)} up ${speed(up)}, down ${speed(down)}`);
}

async function measureBare(url: string): Promise<Speeds> {
  const startedAt = performance.now();
  const init: RequestInit & { duplex: 'half' } = {
    method: 'PUT',
    headers: { 'content-length': `${SIZE}` },
    body: madeBytes(0, SIZE),
    duplex: 'half',
  };
  const put = await fetch(url, init);
  if (!put.ok) throw new Error(`the bucket answered ${put.status}`);
  const up = speedSince(startedAt);
  return { up, down: await speedDown(() => fetch(url)) };
}

async function measureEdgewise(ada: Person, groupId: string): Promise<Speeds> {
  const client = fileClient(server.url, ada);
  const startedAt = performance.now();
  const path = await client.beginTus(groupId, SIZE);
  await send(client, path, 0, SIZE);
  const up = speedSince(startedAt);
  const id = fileIdIn(path);
  const down = await speedDown(() => client.fetch('GET', `/api/files/${id}`));
  await client.fetch('DELETE', `/api/files/${id}`);
  return { up, down };
}

async function speedDown(get: () => Promise<Response>): Promise<number> {
  const startedAt = performance.now();
  const { hash } = await readThrough((await get()).body);
  const down = speedSince(startedAt);
  if (hash !== expected) throw new Error('the bytes changed');
  return down;
}

function speedSince(startedAt: number): number {
  return SIZE / MIB / ((performance.now() - startedAt) / 1_000);
}

/** Sends the bytes of an upload from `offset` on, request by request. */
async function send(client: FileClient, path: string, offset: number, size: number): Promise<void> {
  for (let at = offset; at < size; at += REQUEST_BYTES) {
    const end = Math.min(at + REQUEST_BYTES, size);
    const answer = await patch(client, path, at, { body: madeBytes(at, end) });
    if (answer.status !== 204) throw new Error(`${answer.status}: ${await answer.text()}`);
  }
}

function patch(
  client: FileClient,
  path: string,
  offset: number,
  init: { body: ReadableStream<Uint8Array>; signal?: AbortSignal },
): Promise<Response> {
  return client.fetch('PATCH', path, {
    headers: {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': `${offset}`,
    },
    duplex: 'half',
    ...init,
  });
}

/** Cuts the connection at each quarter of the file, the last time because the server is killed. */
async function uploadWithCuts(ada: Person, groupId: string): Promise<void> {
  const client = fileClient(server.url, ada);
  const path = await client.beginTus(groupId, SIZE);
  const offsets: number[] = [];
  let offset = 0;
  for (let cut = 1; cut <= CUTS; cut += 1) {
    const abort = new AbortController();
    const isThere = Promise.withResolvers<void>();
    const body = madeBytes(offset, SIZE, (at) => {
      if (at >= (SIZE * cut) / (CUTS + 1)) isThere.resolve();
    });
    const sending = patch(client, path, offset, { body, signal: abort.signal }).catch(() => 'cut');
    await isThere.promise;
    if (cut === CUTS) {
      await server.kill();
      await server.start();
    } else {
      abort.abort();
    }
    await sending;
    offset = await client.offset(path);
    offsets.push(offset);
  }
  await send(client, path, offset, SIZE);
  const got = await client.fetch('GET', `/api/files/${fileIdIn(path)}`);
  const isSame = (await readThrough(got.body)).hash === expected;
  const at = offsets.map((each) => (each / MIB).toFixed(1)).join(', ');
  console.info(
    `cut at ${at} of ${SIZE / MIB} MiB, the last time by kill -9: ${isSame ? 'arrived as it is' : 'CHANGED'}`,
  );
  if (!isSame) process.exitCode = 1;
  await client.fetch('DELETE', `/api/files/${fileIdIn(path)}`);
}

/** The memory of a server that has done nothing else. */
async function measureMemory(): Promise<void> {
  const fresh = await startEdgewiseProcess();
  try {
    const ada = await signIn(fresh.url, 'Ada');
    const client = fileClient(fresh.url, ada);
    const path = await client.beginTus((await ada.createGroup()).id, LARGEST);
    const before = watchMemory(fresh.pid(), 'workerd');
    await pause(2_000);
    const idle = before.stop();
    const during = watchMemory(fresh.pid(), 'workerd');
    await send(client, path, 0, LARGEST);
    const peak = during.stop();
    const mib = (bytes: number | undefined) => `${((bytes ?? Number.NaN) / MIB).toFixed(0)} MiB`;
    console.info(
      `memory of workerd: ${mib(idle)} before, at most ${mib(peak)} during an upload of ${LARGEST / MIB} MiB`,
    );
  } finally {
    await fresh.dispose();
  }
}
