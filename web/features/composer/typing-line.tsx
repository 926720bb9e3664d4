import { lazy } from 'react';
import type { User } from '../../../protocol/models.ts';
import { Late } from '../../ui/overlays/late.tsx';

const TypingNames = lazy(() =>
  import('./typing-names.tsx').then((file) => ({ default: file.TypingNames })),
);

/** The people who are typing. The line is always there, so that nothing moves when a person starts. */
export function TypingLine({ typing }: { typing: readonly User[] }) {
  return (
    <p className="flex h-5 max-w-(--column) items-center gap-1.5 px-1 text-meta text-muted">
      {typing.length > 0 && (
        <Late>
          <TypingNames typing={typing} />
        </Late>
      )}
    </p>
  );
}
