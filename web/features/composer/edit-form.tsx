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
import type { FileReference, User } from '../../../protocol/models.ts';
import type { GroupClient } from '../../realtime/group-client.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { onComposerRequest } from '../../ui/composer-requests.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { useReturnFocus } from '../../ui/overlays/use-return-focus.ts';
import { useConversation } from '../conversation/conversation-context.ts';
import type { EditFormProps } from '../conversation/edit-form-context.ts';
import { namedBy } from '../conversation/mention-text.ts';
import { PeopleContext } from '../conversation/people-context.ts';
import { readable } from '../conversation/readable.ts';
import { AttachButton } from './composer-buttons.tsx';
import { EditActions } from './edit-actions.tsx';
import { EditFiles } from './files/edit-files.tsx';
import { MessageField } from './message-field.tsx';
import { useEditDraft } from './use-edit-draft.ts';
import { writingPeople } from './writing-people.ts';

const ComposerFiles = lazy(() =>
  import('./files/composer-files.tsx').then((file) => ({ default: file.ComposerFiles })),
);

/** The height of the list of completions and the page's header together. */
const LIST_PX = 400;

/** The form that edits a message in place: Enter saves, Escape cancels. An unfinished edit is kept as a draft. */
export function EditForm({ message, onDone }: EditFormProps) {
  const { client, me, groupId } = useConversation();
  const { userOf } = use(PeopleContext);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  // Fixed when the edit begins: a user who is renamed since is still meant by the name in the field.
  const [before] = useState(() => readable(message.content, userOf));
  const draft = useEditDraft({ userId: me, groupId }, message.id, before);
  const text = useSyncExternalStore(draft.subscribe, draft.getText);
  // An edit mentions the users that it names, as a new message does.
  const content = draft.contentOf(text, namedBy(members(client))).trimEnd();
  const over = content.length - MESSAGE_CHARACTERS;
  const session = useSignedIn();
  const { attachments = [] } = message;
  const [kept, setKept] = useState<readonly FileReference[]>(attachments);
  const added = useSyncExternalStore(draft.subscribe, draft.getFiles);
  /** A list for each time that files were chosen. */
  const [chosen, setChosen] = useState<readonly (readonly File[])[]>([]);
  /** It was saved while chosen files were not taken yet. */
  const [isSaving, setSaving] = useState(false);
  const files = [...kept, ...added];
  const hasOtherFiles = kept.length < attachments.length || added.length > 0;
  const canSave = (content.trim() !== '' || files.length > 0) && over <= 0;

  useReturnFocus();
  useEffect(() => {
    // Not `autoFocus`, which scrolls: an edit must not move the list.
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length);
  }, []);

  useEffect(
    () =>
      onComposerRequest((request) => {
        if (request.type !== 'edit_files' || request.messageId !== message.id) return;
        setChosen((all) => [...all, request.files]);
        field.current?.focus({ preventScroll: true });
      }),
    [message.id],
  );

  function leave(): void {
    draft.drop();
    onDone();
  }

  function cancel(): void {
    takeOutAdded();
    leave();
  }

  function takeOutAdded(): void {
    if (added.length === 0) return;
    void import('../../realtime/uploads/uploads.ts').then(({ uploads }) => {
      for (const file of added) uploads.remove({ session, groupId }, file);
    });
  }

  function save(): void {
    setSaving(chosen.length > 0);
    if (!canSave || chosen.length > 0) return;
    // Without a change a name that was plain text must not become a mention.
    const isChanged = text !== before.text && content !== message.content;
    if (hasOtherFiles) client.edit(message.id, isChanged ? content : message.content, files);
    // A message without text has to list its files.
    else if (isChanged) client.edit(message.id, content, content === '' ? files : undefined);
    leave();
  }

  useEffect(() => {
    if (isSaving && chosen.length === 0) save();
  });

  function onKey({ key, shiftKey, altKey }: KeyboardEvent): boolean {
    const isSave = key === 'Enter' && !shiftKey && !altKey;
    if (isSave) save();
    else if (key === 'Escape') cancel();
    else return false;
    return true;
  }

  return (
    <form
      className="relative my-0.5"
      data-edits={message.id}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className="relative">
        <MessageField
          aria-describedby={id}
          aria-invalid={over > 0}
          aria-label="Edit message"
          className="block field-sizing-content max-h-[40dvh] min-h-9 w-full resize-none rounded-small bg-raised py-1.5 ps-2.5 pe-10 text-body text-strong shadow-field outline-1 -outline-offset-1 outline-transparent focus:outline-accent-text"
          draft={draft}
          field={field}
          isolatesKeys
          onKey={onKey}
          people={() => writingPeople(client.getView(), me)}
          // Above the first messages in view the list would be cut off.
          side={() =>
            (field.current?.getBoundingClientRect().top ?? 0) < LIST_PX ? 'below' : 'above'
          }
          text={text}
        />
        <span className="absolute end-0 bottom-0">
          <AttachButton onChoose={(more) => setChosen((all) => [...all, more])} />
        </span>
      </div>
      {kept.length > 0 && (
        <EditFiles files={kept} onTakeOut={(file) => setKept(kept.filter((it) => it !== file))} />
      )}
      {(added.length > 0 || chosen.length > 0) && (
        <Late>
          <ComposerFiles
            chosen={chosen}
            draft={draft}
            onTaken={() => setChosen([])}
            files={added}
            groupId={groupId}
            held={kept.length}
            label="Files to add"
          />
        </Late>
      )}
      <EditActions
        canSave={canSave}
        id={id}
        isRestored={draft.isRestored && (text !== before.text || added.length > 0)}
        onCancel={cancel}
        onStartOver={() => {
          takeOutAdded();
          setKept(attachments);
          draft.attach([]);
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
