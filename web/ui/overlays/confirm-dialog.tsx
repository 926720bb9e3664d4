import * as Primitive from 'radix-ui/alert-dialog';
import type { MouseEvent, ReactNode } from 'react';
import { buttonClasses } from '../controls/button.tsx';
import { useReturnFocus } from './use-return-focus.ts';

/** Asks before an action that cannot be undone. The focus starts on Cancel. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  onConfirm,
  onClose,
}: {
  title: ReactNode;
  children: ReactNode;
  /** The text of the confirming button, a verb. */
  confirm: string;
  /** Closes the dialog, unless the event's default is prevented. */
  onConfirm: (event: MouseEvent) => void;
  onClose: () => void;
}) {
  useReturnFocus();
  return (
    <Primitive.Root onOpenChange={(isOpen) => !isOpen && onClose()} open>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content className="fixed inset-x-3 top-[max(1rem,18vh)] z-50 mx-auto max-w-md animate-enter rounded-card bg-overlay p-5 shadow-overlay">
          <Primitive.Title className="text-title font-semibold text-strong">
            {title}
          </Primitive.Title>
          <Primitive.Description asChild>
            <div className="mt-2 text-default">{children}</div>
          </Primitive.Description>
          <div className="mt-5 flex justify-end gap-2">
            <Primitive.Cancel className={buttonClasses('outline')}>Cancel</Primitive.Cancel>
            <Primitive.Action className={buttonClasses('danger')} onClick={onConfirm}>
              {confirm}
            </Primitive.Action>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
