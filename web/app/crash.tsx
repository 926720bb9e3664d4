import { Component, lazy, type ReactNode } from 'react';
import { Late } from '../ui/overlays/late.tsx';

const TroublePage = lazy(() =>
  import('./trouble-page.tsx').then((file) => ({ default: file.TroublePage })),
);

/** Offers a reload where a bug would leave a blank page. React has error boundaries as classes only. */
export class Crash extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError(): { hasCrashed: boolean } {
    return { hasCrashed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <Late>
        <TroublePage
          action="Reload"
          detail="Reload it to go on. Your drafts and unsent messages are kept."
          title="Something went wrong on this page"
        />
      </Late>
    );
  }
}
