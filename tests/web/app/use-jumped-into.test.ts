import { renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useJumpedInto } from '../../../web/app/use-jumped-into.ts';
import type { Panel } from '../../../web/app/use-panel.ts';
import type { GroupView, ThreadView } from '../../../web/realtime/group-view.ts';

const THREAD: ThreadView = {
  parentId: 'root',
  rows: [],
  typing: [],
  missing: false,
  following: true,
  isLoaded: true,
  openedReadSeq: undefined,
  hasBefore: false,
  loadingBefore: false,
  hasAfter: false,
  loadingAfter: false,
};
const TARGET = { id: 'reply', jump: 1 };

/** The panels that open while the group goes through these states. Each state has the thread that is shown. */
function opened(...states: [Pick<GroupView, 'target' | 'thread'>, string | undefined][]): Panel[] {
  const panels: Panel[] = [];
  const open = (panel: Panel) => void panels.push(panel);
  const [first, ...others] = states;
  if (!first) return [];
  const { rerender, unmount } = renderHook(([view, shown]) => useJumpedInto(view, shown, open), {
    initialProps: first,
  });
  for (const state of others) rerender(state);
  unmount();
  return panels;
}

test('a jump into a thread opens the panel once', () => {
  const jumped = { target: TARGET, thread: THREAD };
  const shown = [{ type: 'thread', parentId: 'root' }];
  expect(opened([{}, undefined], [jumped, undefined], [jumped, 'root'])).toEqual(shown);
});

test('a jump into the open thread does not open it again, nor after it was closed', () => {
  const jumped = { target: TARGET, thread: THREAD };
  expect(opened([{ thread: THREAD }, 'root'], [jumped, 'root'])).toEqual([]);
  expect(opened([{ thread: THREAD }, 'root'], [jumped, 'root'], [jumped, undefined])).toEqual([]);
});
