import { ArrowLeft, Search } from 'lucide-react';
import * as Dialog from 'radix-ui/dialog';
import { type KeyboardEvent, useId, useState } from 'react';
import { QUERY_CHARACTERS } from '../../../protocol/limits.ts';
import type { ListedGroup } from '../../features/groups/listed-group.ts';
import { isComposing } from '../../ui/is-composing.ts';
import { latinKey } from '../../ui/latin-key.ts';
import { useReturnFocus } from '../../ui/overlays/use-return-focus.ts';
import { type Choice, type Command, keyOf } from './choice.ts';
import { ChoiceList, type ListPart } from './choice-list.tsx';
import { useFoundChoices } from './use-found-choices.ts';
import { waitingChoices } from './waiting-choices.ts';

/**
 * A dialog that leads to groups, people and commands by their names: arrows move, Enter chooses. On a phone it fills the
 * screen.
 */
export function Switcher({
  listed,
  openId,
  commands,
  failure,
  onChoose,
  onClose,
}: {
  listed: readonly ListedGroup[];
  /** The open group. */
  openId: string | undefined;
  commands: readonly Command[];
  /** Why the last choice could not be opened. */
  failure: string | undefined;
  onChoose: (choice: Choice) => void;
  onClose: () => void;
}) {
  useReturnFocus();
  const id = useId();
  const [text, setText] = useState('');
  /** The choice that arrows or the pointer have moved to since the text changed. */
  const [moved, setMoved] = useState<string>();
  const { found, isAsking } = useFoundChoices(text, listed, commands);
  const parts = text.trim() === '' ? partsOf(listed, openId, commands) : [{ choices: found }];
  const choices = parts.flatMap((part) => part.choices);
  // What the server finds later may come before the first one, and Enter takes the best.
  const at = Math.max(
    choices.findIndex((choice) => keyOf(choice) === moved),
    0,
  );
  const active = choices[at];

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const isAgain = event.ctrlKey !== event.metaKey && latinKey(event.nativeEvent) === 'k';
    const next = choices[(at + step + choices.length) % choices.length];
    if (isAgain) onClose();
    else if (step !== 0 && next) setMoved(keyOf(next));
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      if (active) onChoose(active);
    } else return;
    event.preventDefault();
  }

  return (
    <Dialog.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-50 flex animate-enter flex-col bg-overlay desktop:inset-x-3 desktop:top-[12vh] desktop:bottom-auto desktop:mx-auto desktop:max-h-[70vh] desktop:max-w-xl desktop:rounded-card desktop:shadow-overlay"
          onKeyDown={onKeyDown}
        >
          <Dialog.Title className="sr-only">Jump to</Dialog.Title>
          <div className="flex shrink-0 items-center gap-2 border-b border-line px-2 desktop:px-4">
            <Search
              aria-hidden="true"
              className="shrink-0 text-muted max-desktop:hidden"
              size={18}
            />
            <input
              aria-activedescendant={active && `${id}-${keyOf(active)}`}
              aria-autocomplete="list"
              aria-controls={`${id}-list`}
              aria-expanded={choices.length > 0}
              aria-label="Group, person or command"
              autoComplete="off"
              className="min-h-14 min-w-0 flex-1 text-body text-strong outline-none placeholder:text-muted max-desktop:order-1"
              dir="auto"
              enterKeyHint="go"
              maxLength={QUERY_CHARACTERS}
              onChange={(event) => {
                setText(event.target.value);
                setMoved(undefined);
              }}
              placeholder="Jump to a group, a person or a command"
              role="combobox"
              spellCheck={false}
              value={text}
            />
            {/* Behind the field, which takes the focus first. */}
            <Dialog.Close
              aria-label="Close"
              className="grid size-11 shrink-0 place-items-center rounded-small text-muted desktop:hidden"
            >
              <ArrowLeft aria-hidden="true" className="rtl:-scale-x-100" size={20} />
            </Dialog.Close>
          </div>
          {failure !== undefined && (
            <p className="px-4 pt-3 text-secondary text-danger" role="alert">
              {failure}
            </p>
          )}
          <ChoiceList
            active={active}
            id={id}
            isAsking={isAsking}
            onActive={(choice) => setMoved(keyOf(choice))}
            onChoose={onChoose}
            parts={parts}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The list for an empty field. */
function partsOf(
  listed: readonly ListedGroup[],
  openId: string | undefined,
  commands: readonly Command[],
): ListPart[] {
  return [
    ...waitingChoices(listed, openId).map(({ title, groups }) => ({
      title,
      choices: groups.map((it): Choice => ({ type: 'mine', listed: it })),
    })),
    {
      title: 'Commands',
      choices: commands.map((command): Choice => ({ type: 'command', command })),
    },
  ];
}
