import type { RefObject } from 'react';
import type { Draft } from './draft.ts';
import { EmojiButton } from './emoji-button.tsx';
import { RecordButton } from './recording/record-button.tsx';

/** The buttons of a composer that come after the first frame of its group. */
export function ComposerTools(props: {
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
  groupId: string;
  parentId: string | null;
}) {
  return (
    <>
      <EmojiButton field={props.field} />
      <RecordButton {...props} />
    </>
  );
}
