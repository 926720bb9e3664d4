import { fireEvent, render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ScrollRegion } from '../../../web/ui/controls/scroll-region.tsx';
import { ShowMore } from '../../../web/ui/controls/show-more.tsx';
import { clearPageAfterEach } from '../../support/ada-page.tsx';

clearPageAfterEach();

test('"Show more" keeps the focus while it loads, asks once, and leaves the focus to the list', () => {
  let asked = 0;
  const list = (state: 'ready' | 'loading' | 'done') => (
    <ScrollRegion aria-label="Threads">
      {state !== 'done' && (
        <ShowMore
          isLoading={state === 'loading'}
          onClick={() => {
            asked += 1;
          }}
        />
      )}
    </ScrollRegion>
  );
  const { getByRole, rerender } = render(list('ready'));
  const button = getByRole('button', { name: 'Show more' });
  button.focus();
  fireEvent.click(button);
  rerender(list('loading'));
  fireEvent.click(button);
  expect(asked).toBe(1);
  expect(button.hasAttribute('disabled')).toBe(false);
  expect(document.activeElement).toBe(button);
  rerender(list('done'));
  expect(document.activeElement).toBe(getByRole('region', { name: 'Threads' }));
});
