import { MessagesSquare } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';

/** Stands for a list of threads without any. */
export function NoThreads() {
  return (
    <EmptyState icon={MessagesSquare} title="No threads yet">
      Reply to a message to start one. Threads that you write in or are mentioned in appear here.
    </EmptyState>
  );
}
