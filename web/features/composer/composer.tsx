import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { FileReference, User } from '../../../protocol/models.ts';
import { onComposerRequest, requestOfComposer } from '../../ui/composer-requests.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { usePreferences } from '../../ui/preferences.ts';
import { TOUCH, useMedia } from '../../ui/use-media.ts';
import { namedBy } from '../conversation/mention-text.ts';
import { changeField } from './change-field.ts';
import { AttachButton, SendButton } from './composer-buttons.tsx';
import type { Draft } from './draft.ts';
import { type MarkdownKey, markdownKey } from './markdown-key.ts';
import { MessageField } from './message-field.tsx';
import { sendable } from './sendable.ts';
import { TypingLine } from './typing-line.tsx';
import { reachToAsk, type WritingPeople } from './writing-people.ts';

const ComposerNote = lazy(() =>
  import('./composer-note.tsx').then((file) => ({ default: file.ComposerNote })),
);
const ComposerFiles = lazy(() =>
  import('./files/composer-files.tsx').then((file) => ({ default: file.ComposerFiles })),
);
const ComposerTools = lazy(() =>
  import('./composer-tools.tsx').then((file) => ({ default: file.ComposerTools })),
);
const EveryoneDialog = lazy(() =>
  import('./everyone-dialog.tsx').then((file) => ({ default: file.EveryoneDialog })),
);

/** The place and the behaviour of a composer: for the timeline of a group, or (`parentId`) for a thread. */
export interface ComposerProps {
  groupId: string;
  parentId: string | null;
  /** The accessible name of the field: "Message Engines". */
  label: string;
  draft: Draft;
  /** The people who are typing here. */
  typing: readonly User[];
  /** The people of the group; called when needed, because they change with every message. */
  people: () => WritingPeople;
  /** Sends the message; settles when it is stored on this machine. */
  send: (content: string, files: readonly FileReference[]) => Promise<void>;
  /** Called when the user starts or stops typing. */
  onTyping: (isTyping: boolean) => void;
  /** The messages are shown: what the first frame does not need may load. */
  isGroupShown: boolean;
  /** Content below the field. */
  children?: ReactNode;
}

/**
 * The form that writes a message. Enter sends and Shift+Enter breaks the line, or the other way round by preference; on a
 * touch screen Enter breaks the line and the button sends.
 */
export function Composer(props: ComposerProps) {
  const { groupId, parentId, label, draft, typing, people, send, onTyping } = props;
  const { isGroupShown, children } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useSyncExternalStore(draft.subscribe, draft.getText);
  const files = useSyncExternalStore(draft.subscribe, draft.getFiles);
  /** A list for each time that files were chosen. */
  const [chosen, setChosen] = useState<readonly (readonly File[])[]>([]);
  const [wasRefused, setRefused] = useState(false);
  const [asked, setAsked] = useState<{ content: string; people: number }>();
  const isTouch = useMedia(TOUCH);
  const { enterSends, tellsTyping } = usePreferences();
  const hasFiles = files.length > 0;
  const message = sendable(draft.contentOf(text, []), hasFiles);
  const hasNote =
    message.state === 'too-long' || (message.state === 'ready' && message.left !== undefined);

  const choose = useCallback((more: readonly File[]) => setChosen((all) => [...all, more]), []);

  useEffect(() => {
    // On a phone the keyboard would cover the messages.
    if (!isTouch) field.current?.focus();
  }, [isTouch]);

  useEffect(
    () =>
      onComposerRequest((request) => {
        if (request.groupId !== groupId || request.parentId !== parentId) return;
        if (request.type.startsWith('edit')) return;
        if (request.type === 'files') choose(request.files);
        else void import('./add-to-draft.ts').then((add) => add.take(draft, request));
        field.current?.focus();
      }),
    [draft, groupId, parentId, choose],
  );

  const sendNow = useCallback(
    (content: string) => {
      onTyping(false);
      setAsked(undefined);
      draft.submit(content, send);
      field.current?.focus();
    },
    [draft, send, onTyping],
  );

  function submit(): void {
    const known = people();
    const ready = sendable(draft.contentOf(text, namedBy(known.others)), hasFiles);
    setRefused(ready.state === 'too-long');
    field.current?.focus();
    if (ready.state !== 'ready') return;
    const many = reachToAsk(ready.content, known);
    if (many === undefined) sendNow(ready.content);
    else setAsked({ content: ready.content, people: many });
  }

  function onKey(event: KeyboardEvent<HTMLTextAreaElement>): boolean {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    const isPlain = !(shiftKey || altKey || ctrlKey || metaKey);
    if (key === 'ArrowUp' && isPlain && text === '') {
      requestOfComposer({ type: 'edit_last', groupId, parentId });
      return true;
    }
    if (key === 'Enter' && !isTouch && !altKey) {
      const sends = ctrlKey || metaKey || shiftKey !== enterSends;
      if (sends) submit();
      return sends;
    }
    // A shortcut begins with one of these, so that its code is often here in time.
    if (key === 'Control' || key === 'Meta') void loadMarks();
    if (!field.current) return false;
    const mark = markdownKey(event);
    const { selectionStart, selectionEnd } = field.current;
    // A link is made of selected text: without it the key opens the switcher.
    if (!mark || (mark === 'k' && selectionStart === selectionEnd)) return false;
    void setMark(field.current, mark);
    return true;
  }

  return (
    <form
      className="px-(--row-gutter) pb-[max(0.75rem,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TypingLine typing={typing} />
      {(hasFiles || chosen.length > 0) && (
        <Late>
          <ComposerFiles chosen={chosen} draft={draft} files={files} groupId={groupId} />
        </Late>
      )}
      <div className="relative flex max-w-(--column) items-end gap-1 rounded-card bg-raised p-1.5 shadow-field focus-within:outline-1 focus-within:outline-accent-text">
        <MessageField
          aria-describedby={`${id}-note`}
          aria-invalid={message.state === 'too-long'}
          aria-label={label}
          className="field-sizing-content max-h-[40dvh] min-h-9 min-w-0 flex-1 resize-none px-2.5 py-[0.4375rem] text-body text-strong outline-none placeholder:truncate placeholder:text-muted"
          draft={draft}
          enterKeyHint={isTouch || !enterSends ? 'enter' : 'send'}
          field={field}
          onKey={onKey}
          onWrite={(written) => {
            setRefused(false);
            if (tellsTyping) onTyping(written.trim() !== '');
          }}
          people={people}
          placeholder={label}
          text={text}
        />
        <AttachButton onChoose={choose} />
        {/* While it is empty it keeps the room of what comes. */}
        <div className="flex gap-1 empty:w-9 desktop:empty:w-19">
          {isGroupShown && (
            <Late>
              <ComposerTools draft={draft} field={field} groupId={groupId} parentId={parentId} />
            </Late>
          )}
        </div>
        <SendButton isReady={message.state === 'ready'} />
      </div>
      {children}
      {hasNote && (
        <Late>
          <ComposerNote id={`${id}-note`} message={message} wasRefused={wasRefused} />
        </Late>
      )}
      {asked && (
        <Late>
          <EveryoneDialog
            onClose={() => setAsked(undefined)}
            onSend={() => sendNow(asked.content)}
            people={asked.people}
          />
        </Late>
      )}
    </form>
  );
}

const loadMarks = () => import('./markdown-shortcut.ts').catch(() => undefined);

/** Sets or removes a mark around the selected text. */
async function setMark(field: HTMLTextAreaElement, key: MarkdownKey): Promise<void> {
  const { value: text, selectionStart: start, selectionEnd: end } = field;
  const marks = await loadMarks();
  // The mark belongs to the text at which the key was pressed.
  if (marks && field.value === text) {
    changeField(field, marks.markdownShortcut(key, { text, start, end }));
  }
}
