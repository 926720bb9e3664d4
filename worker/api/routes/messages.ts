import { Hono } from 'hono';
import { MessageEdit, MessagePageQuery, NewMessage } from '../../../protocol/rest-requests.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { roomOf } from '../../room/room-of.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { messageInPath } from '../request/in-path.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { readQuery } from '../request/read-query.ts';

/** Messages: list a page of a timeline or thread, send, read, edit, delete. The group's Room answers. */
export const messages = new Hono<AppEnv>()
  .get('/api/messages', signedIn, async (c) => {
    const query = readQuery(c, MessagePageQuery);
    if (!query.ok) return problem(query.failure);
    const { groupId, ...page } = query.value;
    return answer(
      await roomOf(c.env, groupId).messages(c.var.identity.userId, page, c.var.identity.sessionId),
    );
  })

  .post('/api/messages', signedIn, jsonBody, async (c) => {
    const body = await readBody(c, NewMessage);
    if (!body.ok) return problem(body.failure);
    const { groupId, ...message } = body.value;
    const sent = await roomOf(c.env, groupId).send(
      c.var.identity.userId,
      message,
      c.var.identity.sessionId,
    );
    if (!sent.ok) return problem(sent.failure);
    return Response.json(sent.value.message, { status: sent.value.created ? 201 : 200 });
  })

  .get('/api/messages/:id', signedIn, async (c) => {
    const message = messageInPath(c);
    if (!message.ok) return problem(message.failure);
    const { room, id } = message.value;
    return answer(await room.message(c.var.identity.userId, id, c.var.identity.sessionId));
  })

  .patch('/api/messages/:id', signedIn, jsonBody, async (c) => {
    const message = messageInPath(c);
    if (!message.ok) return problem(message.failure);
    const edit = await readBody(c, MessageEdit);
    if (!edit.ok) return problem(edit.failure);
    const { room, id } = message.value;
    return answer(
      await room.edit(
        c.var.identity.userId,
        id,
        edit.value.content,
        c.var.identity.sessionId,
        edit.value.attachments,
      ),
    );
  })

  .delete('/api/messages/:id', signedIn, async (c) => {
    const message = messageInPath(c);
    if (!message.ok) return problem(message.failure);
    const { room, id } = message.value;
    return answer(await room.delete(c.var.identity.userId, id, c.var.identity.sessionId));
  });
