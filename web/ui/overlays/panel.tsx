import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../controls/icon-button.tsx';
import { useReturnFocus } from './use-return-focus.ts';

/**
 * What stands beside the timeline: over it on narrow screens, instead of it on a phone. Esc closes it, and the focus goes
 * back to what opened it.
 */
export function Panel({
  label,
  title,
  close,
  takesFocus = true,
  actions,
  onEscape,
  onClose,
  children,
}: {
  /** What it is, for who does not see it. */
  label: string;
  title: ReactNode;
  /** What the closing button says. */
  close: string;
  /** False where something in it takes the focus itself. */
  takesFocus?: boolean;
  /** Before the closing button. */
  actions?: ReactNode;
  /** Whether Esc meant something else this time, which is done. */
  onEscape?: (() => boolean) | undefined;
  onClose: () => void;
  children: ReactNode;
}) {
  useReturnFocus();
  return (
    <aside
      aria-label={label}
      className="absolute inset-0 z-20 flex flex-col border-line bg-canvas desktop:left-auto desktop:w-95 desktop:border-l desktop:max-wide:shadow-overlay wide:static"
      onKeyDown={(event) => {
        // A menu that is open takes Esc for itself.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (!onEscape?.()) onClose();
      }}
    >
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line pr-2 pl-5">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-strong">{title}</h2>
        {actions}
        <IconButton autoFocus={takesFocus} label={close} onClick={onClose}>
          <X aria-hidden="true" size={18} />
        </IconButton>
      </header>
      {children}
    </aside>
  );
}
