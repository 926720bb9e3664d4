import { Hono } from 'hono';
import { FileChange } from '../../../protocol/file-requests.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { fileInPath } from '../request/in-path.ts';
import { jsonBody, readBody } from '../request/read-body.ts';

/** My files before they are sent: rename, describe, remove. The Room of their group decides. */
export const fileChanges = new Hono<AppEnv>()
  .patch('/api/files/:id', signedIn, jsonBody, async (c) => {
    const file = fileInPath(c);
    if (!file.ok) return problem(file.failure);
    const change = await readBody(c, FileChange);
    if (!change.ok) return problem(change.failure);
    const { room, id } = file.value;
    const { userId, sessionId } = c.var.identity;
    return answer(await room.changeFile(userId, id, change.value, sessionId));
  })

  .delete('/api/files/:id', signedIn, async (c) => {
    const file = fileInPath(c);
    if (!file.ok) return problem(file.failure);
    const { room, id } = file.value;
    return answer(await room.removeFile(c.var.identity.userId, id, c.var.identity.sessionId));
  });
