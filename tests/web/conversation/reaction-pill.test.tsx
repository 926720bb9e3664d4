import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { PeopleContext } from '../../../web/features/conversation/people-context.ts';
import { ReactionPill } from '../../../web/features/conversation/reactions/reaction-pill.tsx';
import { clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA } from '../../support/group-events.ts';
import { person } from '../../support/node-room.ts';

const GRACE = person('Grace');
const WHO = 'You and Grace reacted with 🎉';

clearPageAfterEach();

/** Shows a pill on a message. Returns it with the calls of its handlers. */
function open() {
  const calls: string[] = [];
  render(
    <PeopleContext value={{ me: ADA.id, userOf: (id) => [ADA, GRACE].find((it) => it.id === id) }}>
      <div
        onPointerDown={() => calls.push('message')}
        onTouchEnd={() => calls.push('message lets go')}
      >
        <ReactionPill
          onLook={() => calls.push('look')}
          onPress={() => calls.push('press')}
          reaction={{ emoji: '🎉', count: 5, userIds: [GRACE.id, ADA.id] }}
          who={WHO}
        >
          🎉 5
        </ReactionPill>
      </div>
    </PeopleContext>,
  );
  return { pill: screen.getByRole('button', { name: WHO }), calls };
}

test('a mouse that rests on a reaction shows who reacted, in our own tooltip', async () => {
  const { pill } = open();
  expect(pill.title).toBe('');
  fireEvent.pointerEnter(pill, { pointerType: 'mouse' });
  expect((await screen.findByRole('tooltip')).textContent).toContain(WHO);
  fireEvent.pointerLeave(pill, { pointerType: 'mouse' });
  expect(screen.queryByRole('tooltip')).toBeNull();
});

test('a long press lists the people, and neither reacts nor opens the menu of the message', async () => {
  const { pill, calls } = open();
  vi.useFakeTimers({ shouldAdvanceTime: true });
  fireEvent.pointerDown(pill, { pointerType: 'touch' });
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  const list = await screen.findByRole('dialog', { name: 'Reacted with 🎉' });
  fireEvent.pointerUp(pill, { pointerType: 'touch' });
  // The browser fires no click where this is prevented.
  expect(fireEvent.touchEnd(pill)).toBe(false);
  const names = [...list.querySelectorAll('bdi')].map((name) => name.textContent);
  expect(names).toEqual(['You', 'Grace']);
  expect(list.textContent).toContain('and 3 others');
  expect(calls).toEqual(['look']);
  fireEvent.pointerDown(pill, { pointerType: 'touch' });
  expect(fireEvent.touchEnd(pill)).toBe(true);
  fireEvent.click(pill);
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(calls).toEqual(['look']);
});

test('a short touch reacts, whatever was pressed on the message before', () => {
  const { pill, calls } = open();
  fireEvent.pointerDown(pill, { pointerType: 'touch' });
  fireEvent.pointerUp(pill, { pointerType: 'touch' });
  expect(fireEvent.touchEnd(pill)).toBe(true);
  fireEvent.click(pill);
  expect(calls).toEqual(['press']);
});
