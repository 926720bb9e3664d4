import type { FileReference, User } from '../../../protocol/models.ts';
import type { ComposerRequest } from '../../ui/composer-requests.ts';
import { readable } from '../conversation/readable.ts';
import type { Draft } from './draft.ts';

/** Adds what a request asks for to the end of a draft: a quotation, with room for the answer below it, or a mention. */
export function take(draft: Draft, request: ComposerRequest): void {
  const { text } = draft;
  if (request.type === 'quote') {
    const above = text.trim() === '' ? '' : `${text.trimEnd()}\n\n`;
    draft.write(`${above}${request.text}\n\n`);
  }
  if (request.type === 'mention') {
    const gap = /\S$/.test(text) ? ' ' : '';
    draft.write(`${text}${gap}@${draft.name(request.person)} `);
  }
}

/** Restores a message that was written here, unless another one is being written. */
export function giveBack(
  draft: Draft,
  userOf: (userId: string) => User | undefined,
  content: string,
  files: readonly FileReference[] = [],
): void {
  if (draft.text !== '' || draft.getFiles().length > 0) return;
  const { text, named } = readable(content, userOf);
  draft.write(text, named);
  draft.attach(files);
}
