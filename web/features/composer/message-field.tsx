import {
  type ComponentProps,
  type KeyboardEvent,
  lazy,
  type RefObject,
  useId,
  useRef,
  useState,
} from 'react';
import { isInFence } from '../../../protocol/markdown/blocks.ts';
import { isComposing } from '../../ui/is-composing.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { changeField } from './change-field.ts';
import type { CompletionKeys } from './completion-list.tsx';
import type { Draft } from './draft.ts';
import { expectEmoji } from './typed-emoji.ts';
import { useCompletion } from './use-completion.ts';
import { useHeldKey } from './use-held-key.ts';
import { namesSomeone, type WritingPeople } from './writing-people.ts';

const CompletionList = lazy(() =>
  import('./completion-list.tsx').then((file) => ({ default: file.CompletionList })),
);

type FieldEvent = KeyboardEvent<HTMLTextAreaElement>;

interface MessageFieldProps
  extends Pick<
    ComponentProps<'textarea'>,
    | 'aria-describedby'
    | 'aria-invalid'
    | 'aria-label'
    | 'className'
    | 'enterKeyHint'
    | 'placeholder'
  > {
  field: RefObject<HTMLTextAreaElement | null>;
  draft: Draft;
  /** The current text of the draft. */
  text: string;
  /** Who can be mentioned; called when the list of completions opens. */
  people: () => WritingPeople;
  /** The user changed the text to this. */
  onWrite?: (text: string) => void;
  /** Handles a key that neither an input method nor the list of completions takes; true if the browser must ignore it. */
  onKey: (event: FieldEvent) => boolean;
  /** Keeps all key events in the field: none is a shortcut of the page around it. */
  isolatesKeys?: boolean;
  /** Where the list of completions opens; above the field by default. */
  side?: () => 'above' | 'below';
}

/** The field in which a message is written or edited: it shows a draft, and completes names and emoji. */
export function MessageField(props: MessageFieldProps) {
  const { field, draft, text, people, onWrite, onKey, isolatesKeys, side, ...attributes } = props;
  const listId = useId();
  const list = useRef<CompletionKeys>(null);
  const [activeOption, setActiveOption] = useState<string>();
  const completion = useCompletion(field, draft, text);
  const held = useHeldKey(completion.query, list, (event) => {
    if (onKey(event) || event.key !== 'Enter' || !field.current) return;
    const { selectionStart: from, selectionEnd: to } = field.current;
    changeField(field.current, {
      from,
      to,
      text: '\n',
      select: { start: from + 1, end: from + 1 },
    });
  });

  function onKeyDown(event: FieldEvent): void {
    if (isolatesKeys) event.stopPropagation();
    // While an input method composes, every key is its own: Enter takes its suggestion.
    if (isComposing(event)) return;
    if (completes(event) || (!breaksCode(event) && onKey(event))) event.preventDefault();
  }

  function completes(event: FieldEvent): boolean {
    const { key } = event;
    if (!completion.query || !isPlain(event)) return false;
    const takes = key === 'Enter' || key === 'Tab';
    if (held.isHeld() && takes) return true;
    held.release();
    // Without a list its code is still on its way. A whole name needs none.
    const mayWait = takes && !namesSomeone(completion.query.text, people());
    const outcome = list.current?.onKey(key) ?? (mayWait ? 'waiting' : 'ignored');
    if (outcome === 'waiting') held.hold(event);
    if (outcome !== 'ignored') return true;
    if (key !== 'Escape') return false;
    // Escape closes the list and nothing else; pressed again, it has its other meaning.
    event.stopPropagation();
    completion.close();
    return true;
  }

  return (
    <>
      {completion.query && (
        <Late>
          <CompletionList
            id={listId}
            onActive={setActiveOption}
            onSettled={held.settle}
            onTake={completion.take}
            people={people()}
            query={completion.query}
            ref={list}
            side={side?.() ?? 'above'}
          />
        </Late>
      )}
      <textarea
        {...attributes}
        aria-activedescendant={activeOption}
        aria-autocomplete="list"
        aria-controls={activeOption === undefined ? undefined : listId}
        dir="auto"
        onBlur={() => completion.moveCaret(undefined)}
        onChange={({ target }) => {
          draft.write(target.value);
          expectEmoji(target.value);
          completion.moveCaret(target.selectionStart);
          onWrite?.(target.value);
        }}
        onKeyDown={onKeyDown}
        onSelect={({ currentTarget: { selectionStart, selectionEnd } }) =>
          completion.moveCaret(selectionStart === selectionEnd ? selectionStart : undefined)
        }
        ref={field}
        rows={1}
        value={text}
      />
    </>
  );
}

function isPlain({ shiftKey, altKey, ctrlKey, metaKey }: FieldEvent): boolean {
  return !(shiftKey || altKey || ctrlKey || metaKey);
}

/** Whether this Enter is part of the code that is being typed. With Ctrl or Cmd it sends from there, too. */
function breaksCode(event: FieldEvent): boolean {
  if (event.key !== 'Enter' || !isPlain(event)) return false;
  const { value, selectionStart } = event.currentTarget;
  return isInFence(value.slice(0, selectionStart));
}
