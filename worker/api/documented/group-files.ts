import * as z from 'zod/mini';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { FileChange, FileListQuery } from '../../../protocol/file-requests.ts';
import { FilePage } from '../../../protocol/files.ts';
import { FileId, GroupId } from '../../../protocol/ids.ts';
import { FileReference } from '../../../protocol/models.ts';
import { operation } from './operation.ts';
import { fileBytes } from './uploads.ts';

const params = { path: z.object({ id: FileId }) };

/** The routes of files without their bytes in `/api/openapi.json`. */
export const groupFilePaths: ZodOpenApiPathsObject = {
  '/api/groups/{id}/files': {
    get: operation({
      tag: 'Files',
      summary: 'List the files that were sent in a group, the newest message first',
      description:
        '`from` is who uploaded them; `before` and `after` are times of the upload, ms UTC. The files of deleted messages are gone.',
      params: { path: z.object({ id: GroupId }), query: FileListQuery },
      answers: { 200: FilePage },
      failures: ['invalid', 'not_found', 'forbidden'],
    }),
  },
  '/api/files/{id}': {
    get: fileBytes,
    patch: operation({
      tag: 'Files',
      summary: 'Rename or describe a file that I have uploaded and not sent yet',
      description: 'An empty `alt` removes the description.',
      params,
      body: FileChange,
      answers: { 200: FileReference },
      failures: ['invalid', 'too_large', 'not_found', 'forbidden', 'conflict'],
    }),
    delete: operation({
      tag: 'Files',
      summary: 'Remove a file that I have uploaded and not sent yet',
      params,
      answers: { 204: 'Removed' },
      failures: ['not_found', 'forbidden', 'conflict'],
    }),
  },
};
