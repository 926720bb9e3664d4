import { beforeAll, expect, it } from 'vitest';
import { Problem } from '../../../protocol/errors.ts';
import { Invite } from '../../../protocol/invites.ts';
import { JOINS_PER_HOUR } from '../../../protocol/limits.ts';
import { changesAfter } from '../../support/connected-group.ts';
import { enterDirectory } from '../../support/directory-people.ts';
import { emptyRoom, mirrorComplete } from '../../support/mirror.ts';
import { describeWarmAndEvicted, sharedEdgewise } from '../../support/shared-edgewise.ts';

const edgewise = sharedEdgewise();
const { ada, grace } = edgewise.people('Ada', 'Grace');

beforeAll(() => enterDirectory([ada, grace]));

const join = (groupId: string) => grace.api('POST', `/api/groups/${groupId}/join`);
const leave = (groupId: string) => grace.api('POST', `/api/groups/${groupId}/leave`);

describeWarmAndEvicted(edgewise, 'someone who joins and leaves in turn', (maybeEvict) => {
  it('is kept out for a while, by an invitation too, and can still be added', async () => {
    const { id } = await ada.createGroup();
    const invite = (await ada.api('POST', `/api/groups/${id}/invites`, { maxUses: 1 })).as(Invite);
    for (let n = 0; n < JOINS_PER_HOUR; n += 1) {
      expect((await join(id)).status).toBe(200);
      expect((await leave(id)).status).toBe(204);
    }
    const socket = await ada.connect(id);
    const { rev } = await socket.next('thread_state');
    await maybeEvict(id);
    const refused = await join(id);
    expect(refused.status).toBe(429);
    expect(refused.as(Problem)).toMatchObject({
      code: 'rate_limited',
      detail: expect.stringMatching(
        /^You have joined this group 5 times within an hour\. Try again/,
      ),
    });
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3_500);
    const accept = () => grace.api('POST', `/api/invites/${invite.code}`);
    expect((await accept()).status).toBe(429);
    await socket.sync();
    expect(changesAfter(socket, rev)).toEqual([]);

    await maybeEvict(id);
    const added = await ada.api('POST', `/api/groups/${id}/members`, { userIds: [grace.userId] });
    expect(added.status).toBe(200);
    await leave(id);

    // The Room derives it from lines that D1 has, too.
    await mirrorComplete(edgewise, id);
    await emptyRoom(edgewise, id);
    expect((await join(id)).status).toBe(429);
  });
});
