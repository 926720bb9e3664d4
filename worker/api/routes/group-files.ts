import { Hono } from 'hono';
import * as z from 'zod/mini';
import { ok, type Result } from '../../../protocol/errors.ts';
import { FileListQuery } from '../../../protocol/file-requests.ts';
import type { FilePage } from '../../../protocol/files.ts';
import { FileId, Rev } from '../../../protocol/ids.ts';
import { signedIn } from '../../auth/guards.ts';
import { problem } from '../../errors/problem.ts';
import type { FileListPage } from '../../room/room-rpc.ts';
import { answer } from '../request/answer.ts';
import type { AppEnv } from '../request/app-env.ts';
import { roomInPath } from '../request/in-path.ts';
import { readCursor, writeCursor } from '../request/list-cursor.ts';
import { readQuery } from '../request/read-query.ts';

/** Where a page of files begins: after this file, which was sent with the message at `seq`. */
const FileCursor = z.object({ seq: Rev, id: FileId });

/** The files of a group that were sent. Its Room answers. */
export const groupFiles = new Hono<AppEnv>().get('/api/groups/:id/files', signedIn, async (c) => {
  const room = roomInPath(c);
  if (!room.ok) return problem(room.failure);
  const query = readQuery(c, FileListQuery);
  if (!query.ok) return problem(query.failure);
  const { cursor, ...filter } = query.value;
  const place = readCursor(cursor, FileCursor);
  if (!place.ok) return problem(place.failure);
  const { userId, sessionId } = c.var.identity;
  return answer(
    paged(await room.value.files(userId, { ...filter, place: place.value }, sessionId)),
  );
});

function paged(found: Result<FileListPage>): Result<FilePage> {
  if (!found.ok) return found;
  const { next, ...page } = found.value;
  return ok({ ...page, ...(next && { next: writeCursor(next) }) });
}
