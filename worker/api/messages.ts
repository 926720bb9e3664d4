import { Hono } from 'hono';
import { MessageId } from '../../protocol/ids.ts';
import { MessagePageQuery, MessageQuery, NewMessage } from '../../protocol/rest.ts';
import { signedIn } from '../auth/guards.ts';
import { problem } from '../problem.ts';
import { roomOf } from '../room-of.ts';
import { answer } from './answer.ts';
import type { AppEnv } from './app-env.ts';
import { jsonBody, readBody } from './read-body.ts';
import { readQuery } from './read-query.ts';

/** Messages, all answered by their group's Room: a page of the timeline, one, a new one. */
export const messages = new Hono<AppEnv>()
  .get('/api/messages', signedIn, async (c) => {
    const query = readQuery(c, MessagePageQuery);
    if (!query.ok) return problem(query.failure);
    const { groupId, ...page } = query.value;
    return answer(await roomOf(c.env, groupId).messages(c.var.identity.userId, page));
  })

  .get('/api/messages/:id', signedIn, async (c) => {
    const query = readQuery(c, MessageQuery);
    if (!query.ok) return problem(query.failure);
    const id = MessageId.safeParse(c.req.param('id'));
    if (!id.success) return problem({ code: 'not_found', detail: 'There is no such message.' });
    return answer(await roomOf(c.env, query.value.groupId).message(c.var.identity.userId, id.data));
  })

  .post('/api/messages', signedIn, jsonBody, async (c) => {
    const body = await readBody(c, NewMessage);
    if (!body.ok) return problem(body.failure);
    const { groupId, ...message } = body.value;
    const sent = await roomOf(c.env, groupId).send(c.var.identity.userId, message);
    if (!sent.ok) return problem(sent.failure);
    return Response.json(sent.value.message, { status: sent.value.created ? 201 : 200 });
  });
