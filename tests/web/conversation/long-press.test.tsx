import { fireEvent, render } from '@testing-library/react';
import { createPortal } from 'react-dom';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useLongPress } from '../../../web/ui/use-long-press.ts';
import { clearPageAfterEach } from '../../support/ada-page.tsx';

clearPageAfterEach();

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A message with an open overlay, which is its child for React only. */
function Message({ onPress }: { onPress: () => void }) {
  return (
    <article {...useLongPress(onPress)}>
      <p>text</p>
      {createPortal(<p>overlay</p>, document.body)}
    </article>
  );
}

test.each([
  ['text', 1],
  ['overlay', 0],
])('a finger that holds the %s presses the message %i times', (held, times) => {
  const onPress = vi.fn();
  const { getByText } = render(<Message onPress={onPress} />);
  fireEvent.pointerDown(getByText(held), { pointerType: 'touch' });
  vi.advanceTimersByTime(1_000);
  expect(onPress).toHaveBeenCalledTimes(times);
});

test('a tap in an overlay is a click, though a long press opened it', () => {
  const { getByText } = render(<Message onPress={() => undefined} />);
  fireEvent.pointerDown(getByText('text'), { pointerType: 'touch' });
  vi.advanceTimersByTime(1_000);
  expect(fireEvent.touchEnd(getByText('text'))).toBe(false);
  fireEvent.pointerDown(getByText('overlay'), { pointerType: 'touch' });
  expect(fireEvent.touchEnd(getByText('overlay'))).toBe(true);
});
