import { Hono } from 'hono';
import { FileBytesQuery } from '../../../protocol/file-requests.ts';
import { fileReader } from '../../auth/file-reader.ts';
import { problem } from '../../errors/problem.ts';
import { serveFile } from '../../files/serve-file.ts';
import type { AppEnv } from '../request/app-env.ts';
import { fileInPath } from '../request/in-path.ts';
import { readQuery } from '../request/read-query.ts';

/** Files: the bytes, and what is known of them. The group's Room says at every request who may have them. */
export const fileBytes = new Hono<AppEnv>()
  .get('/api/files/metadata/:id', fileReader, async (c) => {
    const path = fileInPath(c);
    if (!path.ok) return problem(path.failure);
    const { room, id } = path.value;
    const found = await room.file(c.var.identity.userId, id, c.var.identity.sessionId);
    return found.ok ? Response.json(found.value.file) : problem(found.failure);
  })

  // Hono asks this route for HEAD, too.
  .get('/api/files/:id', fileReader, async (c) => {
    const path = fileInPath(c);
    if (!path.ok) return problem(path.failure);
    const query = readQuery(c, FileBytesQuery);
    if (!query.ok) return problem(query.failure);
    const { room, id } = path.value;
    const found = await room.file(c.var.identity.userId, id, c.var.identity.sessionId);
    if (!found.ok) return problem(found.failure);
    const { w: width, download } = query.value;
    return serveFile(c.env, c.req.raw, {
      ...found.value,
      width,
      isDownload: download !== undefined,
    });
  });
