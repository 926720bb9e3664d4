import { useEffect, useRef } from 'react';
import { Button } from './button.tsx';

/** Loads the next page of a list. With the last page it disappears, and the list takes the focus that it had. */
export function ShowMore({ isLoading, onClick }: { isLoading: boolean; onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const list = button.current?.closest<HTMLElement>('[tabindex]');
    return () => {
      if (document.activeElement === document.body) list?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <Button
      busy={isLoading}
      className="mt-2 w-full max-w-(--column)"
      onClick={onClick}
      ref={button}
    >
      Show more
    </Button>
  );
}
