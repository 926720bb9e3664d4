import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { classes } from '../../ui/classes.ts';
import { TOUCH, useMedia } from '../../ui/use-media.ts';
import type { Draft } from './draft.ts';
import { type Sendable, sendable } from './sendable.ts';

/** Where one writes. Enter sends and Shift+Enter breaks the line; on touch Enter breaks it and the button sends. */
export function Composer({
  groupName,
  draft,
  send,
}: {
  groupName: string;
  draft: Draft;
  /** Takes the message; settles when it is kept on this machine. */
  send: (content: string) => Promise<void>;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = useSyncExternalStore(draft.subscribe, draft.getText);
  const [wasRefused, setRefused] = useState(false);
  const isTouch = useMedia(TOUCH);
  const message = sendable(text);

  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (!isTouch) field.current?.focus();
  }, [isTouch]);

  function submit(): void {
    setRefused(message.state === 'too-long');
    if (message.state === 'ready') void draft.hand(message.content, send);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || isTouch) return;
    // While an input method composes, Enter takes its suggestion.
    if (event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  return (
    <form
      className="px-(--row-gutter) pt-1 pb-[max(1rem,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="flex max-w-[50.5rem] items-end gap-1 rounded-card bg-raised p-1.5 shadow-field focus-within:outline-1 focus-within:outline-accent-text">
        <textarea
          aria-describedby="composer-note"
          aria-invalid={message.state === 'too-long'}
          aria-label={`Message ${groupName}`}
          className="field-sizing-content max-h-[40dvh] min-h-9 min-w-0 flex-1 resize-none px-2.5 py-[0.4375rem] text-body text-strong outline-none placeholder:truncate placeholder:text-muted"
          enterKeyHint={isTouch ? 'enter' : 'send'}
          onChange={(event) => {
            setRefused(false);
            draft.write(event.target.value);
          }}
          onKeyDown={onKeyDown}
          placeholder={`Message ${groupName}`}
          ref={field}
          rows={1}
          value={text}
        />
        <SendButton isReady={message.state === 'ready'} />
      </div>
      <ComposerNote message={message} wasRefused={wasRefused} />
    </form>
  );
}

/** Filled only when there is something to send. */
function SendButton({ isReady }: { isReady: boolean }) {
  return (
    <button
      aria-label="Send"
      className={classes(
        'grid size-9 shrink-0 place-items-center rounded-small transition-colors',
        isReady ? 'bg-accent text-on-accent hover:bg-accent-hover' : 'text-muted',
      )}
      title="Send"
      type="submit"
    >
      <SendHorizontal aria-hidden="true" size={18} />
    </button>
  );
}

/** The counter near the limit, and the sentence that refuses what is over it. */
function ComposerNote({ message, wasRefused }: { message: Sendable; wasRefused: boolean }) {
  const left = message.state === 'empty' ? undefined : message.left;
  return (
    <div className="flex max-w-[50.5rem] gap-3 px-1 text-meta" id="composer-note">
      {message.state === 'too-long' && (
        <p className="flex-1 pt-1 text-danger" role={wasRefused ? 'alert' : undefined}>
          {message.sentence}
        </p>
      )}
      {left !== undefined && (
        <p
          className={classes('ml-auto pt-1 tabular-nums', left < 0 ? 'text-danger' : 'text-muted')}
        >
          {left.toLocaleString()} left
        </p>
      )}
    </div>
  );
}
