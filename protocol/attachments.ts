import * as z from 'zod/mini';
import { FileId } from './ids.ts';
import { ATTACHMENTS_PER_MESSAGE } from './limits.ts';

/** The files of a message that is sent or edited, in the order in which it shows them. */
export const Attachments = z.array(FileId).check(
  z.maxLength(ATTACHMENTS_PER_MESSAGE, {
    error: `must be at most ${ATTACHMENTS_PER_MESSAGE} files`,
  }),
  z.refine((ids) => new Set(ids).size === ids.length, { error: 'must name each file once' }),
);

/** Accepts only a message that shows something: visible text or a file. */
export const hasContent = z.refine<{ content: string; attachments?: string[] | undefined }>(
  ({ content, attachments = [] }) => content !== '' || attachments.length > 0,
  { path: ['content'], error: 'must not be empty' },
);
