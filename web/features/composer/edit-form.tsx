import {
  type KeyboardEvent,
  lazy,
  use,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { MESSAGE_CHARACTERS } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import type { GroupClient } from '../../realtime/group-client.ts';
import { isComposing } from '../../ui/is-composing.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { useReturnFocus } from '../../ui/overlays/use-return-focus.ts';
import { useConversation } from '../conversation/conversation-context.ts';
import type { EditFormProps } from '../conversation/edit-form-context.ts';
import { namedBy, readable } from '../conversation/mention-text.ts';
import { PeopleContext } from '../conversation/people-context.ts';
import type { CompletionKeys } from './completion-list.tsx';
import { EditActions } from './edit-actions.tsx';
import { useCompletion } from './use-completion.ts';
import { useEditDraft } from './use-draft.ts';
import { writingPeople } from './writing-people.ts';

const CompletionList = lazy(() =>
  import('./completion-list.tsx').then((file) => ({ default: file.CompletionList })),
);

/** So high is the list of completions, with the page's header above it. */
const LIST_PX = 400;

/** A message as a field, where it stands: Enter saves, Esc leaves it as it was; what is left unfinished is kept. */
export function EditForm({ message, onDone }: EditFormProps) {
  const { client, me, groupId } = useConversation();
  const { userOf } = use(PeopleContext);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const list = useRef<CompletionKeys>(null);
  // As it was when the edit began: whoever is renamed meanwhile is still meant by the name in the field.
  const [before] = useState(() => readable(message.content, userOf));
  const draft = useEditDraft({ userId: me, groupId }, message.id, before);
  const text = useSyncExternalStore(draft.subscribe, draft.getText);
  const [activeOption, setActiveOption] = useState<string>();
  const completion = useCompletion(field, draft, text);
  // Whoever is named by the edit is mentioned by it, as in a new message.
  const content = draft.contentOf(text, namedBy(members(client))).trimEnd();
  const over = content.length - MESSAGE_CHARACTERS;
  const canSave = content.trim() !== '' && over <= 0;

  useReturnFocus();
  useEffect(() => {
    // Not `autoFocus`: that scrolls, and an edit must not move what its reader looks at.
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  function leave(): void {
    draft.drop();
    onDone();
  }

  function save(): void {
    if (!canSave) return;
    // A name that stood there as a word stays one, if nothing was changed.
    if (text !== before.text && content !== message.content) client.edit(message.id, content);
    leave();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // What is typed here is no shortcut of the list, and Esc means only this.
    event.stopPropagation();
    if (isComposing(event) || !handleKey(event)) return;
    event.preventDefault();
    event.nativeEvent.stopPropagation();
  }

  /** Whether the key did something here. */
  function handleKey({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const isPlain = !(shiftKey || altKey || ctrlKey || metaKey);
    if (completion.query && isPlain) {
      if (list.current?.onKey(key)) return true;
      if (key === 'Escape') {
        completion.close();
        return true;
      }
    }
    const isSave = key === 'Enter' && !shiftKey && !altKey;
    if (isSave) save();
    else if (key === 'Escape') leave();
    else return false;
    return true;
  }

  return (
    <form
      className="relative my-0.5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {completion.query && (
        <Late>
          <CompletionList
            id={`${id}-list`}
            onActive={setActiveOption}
            onTake={completion.take}
            people={writingPeople(client.getView(), me)}
            query={completion.query}
            ref={list}
            // Above the first messages in view it would be cut off.
            side={(field.current?.getBoundingClientRect().top ?? 0) < LIST_PX ? 'below' : 'above'}
          />
        </Late>
      )}
      <textarea
        aria-activedescendant={activeOption}
        aria-autocomplete="list"
        aria-controls={activeOption === undefined ? undefined : `${id}-list`}
        aria-describedby={id}
        aria-invalid={over > 0}
        aria-label="Edit message"
        className="block field-sizing-content max-h-[40dvh] min-h-9 w-full resize-none rounded-small bg-raised px-2.5 py-1.5 text-body text-strong shadow-field outline-1 -outline-offset-1 outline-transparent focus:outline-accent-text"
        onBlur={() => completion.moveCaret(undefined)}
        onChange={({ target }) => {
          draft.write(target.value);
          completion.moveCaret(target.selectionStart);
        }}
        onKeyDown={onKeyDown}
        onSelect={({ currentTarget: { selectionStart, selectionEnd } }) =>
          completion.moveCaret(selectionStart === selectionEnd ? selectionStart : undefined)
        }
        ref={field}
        rows={1}
        value={text}
      />
      <EditActions
        canSave={canSave}
        id={id}
        isRestored={draft.isRestored && text !== before.text}
        onCancel={leave}
        onStartOver={() => {
          draft.write(before.text, before.named);
          field.current?.focus();
        }}
        over={over}
      />
    </form>
  );
}

function members(client: Pick<GroupClient, 'getView'>): User[] {
  return [...client.getView().members.values()].map(({ user }) => user);
}
