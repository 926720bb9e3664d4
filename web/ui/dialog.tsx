import { X } from 'lucide-react';
import * as Primitive from 'radix-ui/dialog';
import type { ReactNode } from 'react';

/**
 * A dialog over the page: traps focus, closes on Esc, gives focus back. Loaded with the feature that opens it, never with
 * the first page.
 */
export function Dialog({
  title,
  description,
  onClose,
  children,
}: {
  title: string;
  description?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Primitive.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          className="fixed inset-x-3 top-[max(1rem,8vh)] z-50 mx-auto flex max-h-[84vh] max-w-lg animate-enter flex-col rounded-card bg-overlay shadow-overlay"
          onCloseAutoFocus={(event) => {
            // Where closing leads to another page, that page has put the focus where it belongs.
            if (document.activeElement !== document.body) event.preventDefault();
          }}
          {...(description === undefined && { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-3 px-5 pt-4">
            <div className="flex-1">
              <Primitive.Title className="text-title font-semibold text-strong">
                {title}
              </Primitive.Title>
              {description !== undefined && (
                <Primitive.Description className="mt-1 text-secondary text-muted">
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close
              aria-label="Close"
              className="-mr-2 grid size-8 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong"
            >
              <X aria-hidden="true" size={18} />
            </Primitive.Close>
          </header>
          <div className="overflow-y-auto px-5 pt-4 pb-5">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
