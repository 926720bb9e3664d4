import { Hono } from 'hono';
import { ok } from '../../../protocol/errors.ts';
import { SettingsChange } from '../../../protocol/settings.ts';
import { currentUser } from '../../auth/current-user.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { inboxOf } from '../../inbox/inbox-of.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { jsonBody, readBody } from '../request/read-body.ts';
import { sessionHolds } from '../request/session-holds.ts';

const PATH = '/api/users/me/settings';

/** What I have set for my account: read and change it. My Inbox has it. */
export const settings = new Hono<AppEnv>()
  .get(PATH, signedIn, sessionHolds, async (c) => {
    const me = await currentUser(c.env, c.var.clerk, c.var.identity);
    if (!me.ok) return problem(me.failure);
    return answer(ok(await inboxOf(c.env, me.value.id).settings()));
  })

  .patch(PATH, signedIn, sessionHolds, jsonBody, async (c) => {
    const change = await readBody(c, SettingsChange);
    if (!change.ok) return problem(change.failure);
    const me = await currentUser(c.env, c.var.clerk, c.var.identity);
    if (!me.ok) return problem(me.failure);
    return answer(ok(await inboxOf(c.env, me.value.id).changeSettings(change.value)));
  });
