import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { sharedEdgewise } from '../../support/shared-edgewise.ts';

/** Short enough to expire in a test, long enough to renew before. */
const LEASE_MS = 3_000;

const edgewise = sharedEdgewise({ vars: { SOCKET_LEASE_MS: String(LEASE_MS) } });
const { ada, grace } = edgewise.people('Ada', 'Grace');

describe('the lease of a socket', () => {
  it('expires with close code 4401, also while the Room hibernates, and nothing is sent after it', async () => {
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    await socket.next('thread_state');
    await edgewise.evictRoom(group.id);
    await sleep(LEASE_MS);
    await ada.post(group.id, 'too late');
    expect(await socket.closed).toMatchObject({ code: 4401 });
    await expect(socket.next('message')).rejects.toThrow('4401');
  });

  it('is renewed by a fresh token of the same user', async () => {
    const group = await ada.createGroup();
    const socket = await ada.connect(group.id);
    const other = await ada.connect(group.id);
    await socket.next('thread_state');
    await other.next('thread_state');
    await edgewise.evictRoom(group.id);
    const renewing = setInterval(async () => {
      socket.send({ type: 'auth', token: await ada.token() });
    }, LEASE_MS / 4);
    await sleep(1.5 * LEASE_MS);
    clearInterval(renewing);
    const id = uuidv7();
    socket.send({ type: 'message', id, content: 'still here' });
    expect(await socket.next('message')).toMatchObject({ message: { id } });
    // The other socket was not renewed.
    expect(await other.closed).toMatchObject({ code: 4401 });
    await socket.close();
  });

  it("is renewed neither by another user's token nor by an invalid one", async () => {
    const group = await ada.createGroup();
    for (const token of [await grace.token(), 'not.a.token']) {
      const socket = await ada.connect(group.id);
      await socket.next('thread_state');
      socket.send({ type: 'auth', token });
      expect(await socket.closed).toEqual({ code: 4401, reason: 'token refused' });
    }
  });
});
