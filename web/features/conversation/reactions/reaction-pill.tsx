import {
  type ButtonHTMLAttributes,
  lazy,
  type PointerEvent,
  type TouchEvent,
  useRef,
  useState,
} from 'react';
import type { Reaction } from '../../../../protocol/models.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import { useLongPress } from '../../../ui/use-long-press.ts';

const WhoReacted = lazy(() =>
  import('./who-reacted.tsx').then((file) => ({ default: file.WhoReacted })),
);
const ReactedList = lazy(() =>
  import('./reacted-list.tsx').then((file) => ({ default: file.ReactedList })),
);

/** A mouse that only crosses a pill opens nothing. */
const REST_MS = 300;

/** A reaction. A mouse that rests on it and the keyboard show who reacted, a long press lists them. */
export function ReactionPill({
  reaction,
  who,
  onLook,
  onPress,
  ...button
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> & {
  reaction: Reaction;
  /** A sentence with their names. */
  who: string;
  /** Called when the user may be about to read the names, or to react. */
  onLook: () => void;
  onPress: () => void;
}) {
  const [shown, setShown] = useState<'nothing' | 'names' | 'list'>('nothing');
  const pill = useRef<HTMLButtonElement>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const press = useLongPress(() => {
    onLook();
    setShown('list');
  });

  function hide(): void {
    clearTimeout(rest.current);
    setShown((before) => (before === 'names' ? 'nothing' : before));
  }

  return (
    <>
      <button
        {...button}
        {...press}
        aria-label={who}
        onBlur={hide}
        onClick={() => {
          hide();
          // A finger that taps an open list closes it. One that lifts after the long press clicks nothing.
          if (shown === 'list') setShown('nothing');
          else onPress();
        }}
        onFocus={({ target }) => {
          onLook();
          if (target.matches(':focus-visible')) setShown('names');
        }}
        onPointerDown={(event: PointerEvent) => {
          // The message under the pill has a long press of its own.
          event.stopPropagation();
          press.onPointerDown(event);
        }}
        onPointerEnter={({ pointerType }: PointerEvent) => {
          onLook();
          if (pointerType === 'mouse') rest.current = setTimeout(setShown, REST_MS, 'names');
        }}
        onPointerLeave={hide}
        onTouchEnd={(event: TouchEvent) => {
          // An earlier long press on the message must not take the click of this touch.
          event.stopPropagation();
          press.onTouchEnd(event);
        }}
        ref={pill}
        type="button"
      />
      {shown === 'names' && (
        <Late>
          <WhoReacted emoji={reaction.emoji} onClose={hide} who={who} />
        </Late>
      )}
      {shown === 'list' && (
        <Late>
          <ReactedList button={pill} onClose={() => setShown('nothing')} reaction={reaction} />
        </Late>
      )}
    </>
  );
}
