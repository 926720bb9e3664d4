import { TriangleAlert } from 'lucide-react';
import { Button } from '../ui/controls/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** The whole page where nothing else can be shown: what is wrong, and the button that loads it again. */
export function TroublePage({
  title,
  detail,
  action,
}: {
  title: string;
  /** What to do, a sentence. */
  detail: string;
  action: string;
}) {
  return (
    <main className="flex h-dvh">
      <EmptyState
        actions={
          <Button look="primary" onClick={() => location.reload()}>
            {action}
          </Button>
        }
        icon={TriangleAlert}
        title={title}
      >
        {detail}
      </EmptyState>
    </main>
  );
}
