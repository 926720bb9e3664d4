import { type KeyboardEvent, use, useEffect, useId, useRef, useState } from 'react';
import { MESSAGE_CHARACTERS } from '../../../protocol/limits.ts';
import type { Message, User } from '../../../protocol/models.ts';
import type { RoomClient } from '../../realtime/room-view.ts';
import { classes } from '../../ui/classes.ts';
import { isComposing } from '../../ui/is-composing.ts';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { useConversation } from './conversation-context.ts';
import { contentOf, namedBy, readable } from './mention-text.ts';
import { PeopleContext } from './people-context.ts';

const ACTION = 'min-h-6 rounded-small px-1.5 font-medium underline-offset-2 hover:underline';

/** A message as a field, where it stands: Enter saves, Esc leaves it as it was. */
export function EditForm({ message, onDone }: { message: Message; onDone: () => void }) {
  const { client } = useConversation();
  const { userOf } = use(PeopleContext);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  // As it was when the edit began: whoever is renamed meanwhile is still meant by the name in the field.
  const [before] = useState(() => readable(message.content, (userId) => userOf(userId)?.name));
  const [text, setText] = useState(before.text);
  // Whoever is named by the edit is mentioned by it, as in a new message.
  const content = contentOf(text, [...before.named, ...namedBy(members(client))]).trimEnd();
  const over = content.length - MESSAGE_CHARACTERS;
  const canSave = content.trim() !== '' && over <= 0;

  useReturnFocus();
  useEffect(() => {
    // Not `autoFocus`: that scrolls, and an edit must not move what its reader looks at.
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  function save(): void {
    if (!canSave) return;
    // A name that stood there as a word stays one, if nothing was changed.
    if (text !== before.text && content !== message.content) client.edit(message.id, content);
    onDone();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // What is typed here is no shortcut of the list, and Esc means only this.
    event.stopPropagation();
    if (isComposing(event)) return;
    const isSave = event.key === 'Enter' && !event.shiftKey && !event.altKey;
    if (!isSave && event.key !== 'Escape') return;
    event.preventDefault();
    event.nativeEvent.stopPropagation();
    if (isSave) save();
    else onDone();
  }

  return (
    <form
      className="my-0.5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        aria-describedby={id}
        aria-invalid={over > 0}
        aria-label="Edit message"
        className="block field-sizing-content max-h-[40dvh] min-h-9 w-full resize-none rounded-small bg-raised px-2.5 py-1.5 text-body text-strong shadow-field outline-1 -outline-offset-1 outline-transparent focus:outline-accent-text"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        ref={field}
        rows={1}
        value={text}
      />
      <p className="mt-0.5 flex items-center gap-x-1 text-meta text-muted" id={id}>
        <button className={classes(ACTION, 'text-muted')} onClick={onDone} type="button">
          Cancel
        </button>
        <button
          className={classes(ACTION, 'text-accent-text disabled:opacity-55')}
          disabled={!canSave}
          type="submit"
        >
          Save
        </button>
        {over > 0 ? (
          <span className="text-danger">{over.toLocaleString()} characters too long</span>
        ) : (
          <span className="max-desktop:hidden">Esc cancels, Enter saves</span>
        )}
      </p>
    </form>
  );
}

function members(client: Pick<RoomClient, 'getView'>): User[] {
  return [...client.getView().members.values()].map(({ user }) => user);
}
