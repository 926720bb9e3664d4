import { Ellipsis, MessageSquareReply } from 'lucide-react';
import { lazy, useCallback, useRef, useState } from 'react';
import type { Message } from '../../../../protocol/models.ts';
import { classes } from '../../../ui/classes.ts';
import { Late } from '../../../ui/overlays/late.tsx';
import type { Permitted } from '../permitted.ts';
import { ReactionButton } from '../reactions/add-reaction.tsx';
import { replyLabel } from './reply-label.ts';
import type { RowCommand } from './row-command.ts';

const loadMenu = () => import('./row-menu.tsx');
const RowMenu = lazy(() => loadMenu().then((file) => ({ default: file.RowMenu })));

const BUTTON =
  'grid size-8 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong aria-expanded:bg-hover aria-expanded:text-strong';

/** The part of a message's toolbar that is open. */
export type RowOverlay = 'none' | 'reactions' | 'menu';

/** The toolbar of a message: react, reply, more. Tab reaches it only from the message itself. */
export function RowToolbar({
  message,
  allows,
  overlay,
  isTouched,
  setOverlay,
  run,
}: {
  message: Message;
  allows: Permitted;
  overlay: RowOverlay;
  /** A finger opened the menu: the toolbar is only the place where it stands. */
  isTouched: boolean;
  setOverlay: (overlay: RowOverlay) => void;
  run: (command: RowCommand, message: Message) => void;
}) {
  const more = useRef<HTMLButtonElement>(null);
  const [isPlaced, setPlaced] = useState(false);
  // A new function each time would be called again after each render, and set the state each time.
  const placed = useCallback((button: HTMLButtonElement | null) => {
    more.current = button;
    setPlaced(button !== null);
  }, []);
  const isMenuOpen = overlay === 'menu';
  return (
    <div
      aria-label="Message actions"
      className={classes(
        'absolute -top-4 end-0 z-10 flex rounded-small bg-overlay p-0.5 shadow-overlay select-none',
        isTouched && 'opacity-0',
      )}
      inert={isTouched}
      role="toolbar"
    >
      {allows.react && (
        <ReactionButton
          className={BUTTON}
          isOpen={overlay === 'reactions'}
          message={message}
          setOpen={(isOpen) => setOverlay(isOpen ? 'reactions' : 'none')}
        />
      )}
      {allows.reply && (
        <button
          aria-label={replyLabel(message)}
          className={BUTTON}
          onClick={() => run('reply', message)}
          title={replyLabel(message)}
          type="button"
        >
          <MessageSquareReply aria-hidden="true" size={16} />
        </button>
      )}
      <button
        aria-expanded={isMenuOpen}
        aria-haspopup="menu"
        aria-label="More actions"
        className={BUTTON}
        onClick={() => setOverlay(isMenuOpen ? 'none' : 'menu')}
        onFocus={loadMenu}
        onPointerEnter={loadMenu}
        ref={placed}
        title="More actions"
        type="button"
      >
        <Ellipsis aria-hidden="true" size={16} />
      </button>
      {/* A long press opens both at once, and the menu belongs to the landmark of the button. */}
      {isMenuOpen && isPlaced && (
        <Late>
          <RowMenu
            allows={allows}
            button={more}
            message={message}
            onClose={() => setOverlay('none')}
            onReact={() => setOverlay('reactions')}
            run={run}
          />
        </Late>
      )}
    </div>
  );
}
