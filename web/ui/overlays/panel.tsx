import { ArrowLeft, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../controls/icon-button.tsx';
import { DESKTOP, useMedia } from '../use-media.ts';
import { useReturnFocus } from './use-return-focus.ts';

/**
 * A panel beside the timeline: above it on narrow screens; on a phone a screen of its own, with a way back. Escape closes it
 * and returns the focus to the element that opened it.
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
  /** The accessible name. */
  label: string;
  title: ReactNode;
  /** The label of the closing button. */
  close: string;
  /** False if an element in the panel takes the focus. */
  takesFocus?: boolean;
  /** Buttons before the closing button. */
  actions?: ReactNode;
  /** Returns true if Escape was handled otherwise, and must not close the panel. */
  onEscape?: (() => boolean) | undefined;
  onClose: () => void;
  children: ReactNode;
}) {
  useReturnFocus();
  const isDesktop = useMedia(DESKTOP);
  const Icon = isDesktop ? X : ArrowLeft;
  const closing = (
    <IconButton autoFocus={takesFocus} label={close} onClick={onClose}>
      <Icon aria-hidden="true" className="rtl:-scale-x-100" size={18} />
    </IconButton>
  );
  return (
    <aside
      aria-label={label}
      className="absolute inset-0 z-20 flex flex-col border-line bg-canvas desktop:start-auto desktop:w-95 desktop:border-s desktop:max-wide:shadow-overlay wide:static"
      onKeyDown={(event) => {
        // An open menu handles Escape itself.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        if (!onEscape?.()) onClose();
      }}
    >
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line pe-2 ps-2 desktop:ps-5">
        {!isDesktop && closing}
        <h2 className="min-w-0 flex-1 truncate font-semibold text-strong">{title}</h2>
        {actions}
        {isDesktop && closing}
      </header>
      {children}
    </aside>
  );
}
