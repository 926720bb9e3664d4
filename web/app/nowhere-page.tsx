import { MapPinOff } from 'lucide-react';
import { Link } from 'wouter';
import { buttonClasses } from '../ui/controls/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** The page of an unknown address. */
export function NowherePage() {
  return (
    <main className="flex flex-1">
      <EmptyState
        actions={
          <Link className={buttonClasses('primary')} href="/">
            To your groups
          </Link>
        }
        icon={MapPinOff}
        title="There is nothing here"
      >
        The link may be wrong or old.
      </EmptyState>
    </main>
  );
}
