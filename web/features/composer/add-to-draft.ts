import type { FileReference, User } from '../../../protocol/models.ts';
import { readable } from '../conversation/readable.ts';
import type { Draft } from './draft.ts';

/** Adds a quotation below the text of a draft, with room for the answer below it. */
export function addQuotation(draft: Draft, quotation: string): void {
  const above = draft.text.trim() === '' ? '' : `${draft.text.trimEnd()}\n\n`;
  draft.write(`${above}${quotation}\n\n`);
}

/** Adds a mention of someone to the end of the text. */
export function addMention(draft: Draft, person: Pick<User, 'id' | 'name' | 'handle'>): void {
  const gap = /\S$/.test(draft.text) ? ' ' : '';
  draft.write(`${draft.text}${gap}@${draft.name(person)} `);
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
