import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/controls/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Offers a reload where a bug would leave a blank page. React has error boundaries as classes only. */
export class Crash extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <main className="flex h-dvh">
        <EmptyState
          actions={
            <Button look="primary" onClick={() => location.reload()}>
              Reload
            </Button>
          }
          icon={TriangleAlert}
          title="Something went wrong on this page"
        >
          Reload it to go on. Your drafts and unsent messages are kept.
        </EmptyState>
      </main>
    );
  }
}
