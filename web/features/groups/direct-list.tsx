import { lazy, type ReactNode, useState } from 'react';
import { Late } from '../../ui/overlays/late.tsx';
import { SectionTitle } from './section-title.tsx';

const NewMessageDialog = lazy(() =>
  import('./new-message-dialog.tsx').then((file) => ({ default: file.NewMessageDialog })),
);

/** My direct groups, with the way to start one. The children are items of a list. */
export function DirectList({ children }: { children: ReactNode }) {
  const [isWriting, setWriting] = useState(false);
  return (
    <div className="pt-4">
      <SectionTitle
        action="New message"
        onAction={() => setWriting(true)}
        title="Direct messages"
      />
      <ul className="flex flex-col gap-px">{children}</ul>
      {isWriting && (
        <Late>
          <NewMessageDialog onClose={() => setWriting(false)} />
        </Late>
      )}
    </div>
  );
}
