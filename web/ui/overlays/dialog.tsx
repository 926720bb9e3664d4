import { X } from 'lucide-react';
import * as Primitive from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { ScrollRegion } from '../controls/scroll-region.tsx';
import { useReturnFocus } from './use-return-focus.ts';

const BODY = 'overflow-y-auto rounded-b-card px-5 pt-4 pb-5';

/**
 * A modal dialog: traps the focus, closes on Escape, and restores the focus. It loads with the feature that opens it, never
 * with the first page.
 */
export function Dialog({
  title,
  description,
  isText = false,
  onClose,
  children,
}: {
  title: string;
  description?: string;
  /** Nothing in the dialog takes the focus: the dialog does, so that the arrow keys scroll it. */
  isText?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  useReturnFocus();
  return (
    <Primitive.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          className="fixed inset-x-3 top-[max(1rem,8vh)] z-50 mx-auto flex max-h-[84vh] max-w-lg animate-enter flex-col rounded-card bg-overlay shadow-overlay"
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <header className="px-5 pt-4 pe-14">
            <Primitive.Title className="text-title font-semibold text-strong">
              {title}
            </Primitive.Title>
            {description !== undefined && (
              <Primitive.Description className="mt-1 text-secondary text-muted">
                {description}
              </Primitive.Description>
            )}
          </header>
          {isText ? (
            <ScrollRegion aria-label={title} className={BODY}>
              {children}
            </ScrollRegion>
          ) : (
            <div className={BODY}>{children}</div>
          )}
          {/* Last, because focus begins at the first field and not here. */}
          <Primitive.Close
            aria-label="Close"
            className="absolute top-3.5 end-3.5 grid size-8 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong"
          >
            <X aria-hidden="true" size={18} />
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
