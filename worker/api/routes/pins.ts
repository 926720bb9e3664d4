import { Hono } from 'hono';
import { ok } from '../../../protocol/errors.ts';
import type { PinList } from '../../../protocol/rest.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { messageInPath, roomInPath } from '../request/in-path.ts';

/** Pins: list those of a group, pin a message, unpin it. */
export const pins = new Hono<AppEnv>()
  .get('/api/groups/:id/pins', signedIn, async (c) => {
    const room = roomInPath(c);
    if (!room.ok) return problem(room.failure);
    const found = await room.value.pins(c.var.identity.userId, c.var.identity.sessionId);
    if (!found.ok) return problem(found.failure);
    const { messages: items, users } = found.value;
    return answer(ok<PinList>({ items, users }));
  })

  .put('/api/messages/:id/pin', signedIn, async (c) => {
    const message = messageInPath(c);
    if (!message.ok) return problem(message.failure);
    const { room, id } = message.value;
    return answer(await room.pin(c.var.identity.userId, id, true, c.var.identity.sessionId));
  })

  .delete('/api/messages/:id/pin', signedIn, async (c) => {
    const message = messageInPath(c);
    if (!message.ok) return problem(message.failure);
    const { room, id } = message.value;
    return answer(await room.pin(c.var.identity.userId, id, false, c.var.identity.sessionId));
  });
