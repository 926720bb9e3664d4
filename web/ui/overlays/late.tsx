import { Component, type ReactNode, Suspense } from 'react';
import { Button } from '../controls/button.tsx';
import { Notice } from '../notice.tsx';

/**
 * The boundary of a component that loads late: shows `fallback` while it loads. If it cannot be loaded (offline, or a
 * deployment has removed the old file), it says what to do, and the rest of the page keeps working.
 */
export function Late({ children, fallback }: { children: ReactNode; fallback?: ReactNode }) {
  return (
    <LateFailure>
      <Suspense fallback={fallback}>{children}</Suspense>
    </LateFailure>
  );
}

class LateFailure extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <Notice>
        <span className="flex items-center gap-3">
          <span className="flex-1">
            This part could not be loaded. Check your connection, then reload.
          </span>
          <Button onClick={() => location.reload()}>Reload</Button>
        </span>
      </Notice>
    );
  }
}
