import { render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { mentionOf } from '../../../protocol/mentions.ts';
import { GroupName } from '../../../web/features/groups/group-name.tsx';
import { GroupSummary } from '../../../web/features/groups/group-summary.tsx';
import { listedGroup } from '../../../web/features/groups/listed-group.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();
beforeEach(() => vi.stubGlobal('fetch', () => new Promise(() => undefined)));

test.each([
  ['Plans for May', 'Plans for May'],
  ['', 'No messages yet'],
])('a group without messages shows its topic in the list, or says so: %j', (topic, shown) => {
  const listed = listedGroup(entryOf({}, { topic }), { now: 0, arriving: undefined });
  render(
    <AsAda>
      <GroupSummary listed={listed} now={0} />
    </AsAda>,
  );
  expect(screen.getByText(shown)).toBeTruthy();
});

test('an archived group is marked in the list, also for screen readers', () => {
  const listed = listedGroup(entryOf({}, { archivedAt: 1 }), { now: 0, arriving: undefined });
  const { container } = render(<GroupName className="" listed={listed} />);
  expect(container.querySelector('svg')).toBeTruthy();
  expect(container.textContent).toContain('Engines, archived');
});

test('the last message in the list names the people whom it mentions', () => {
  const preview = `${mentionOf('grace')}, ${mentionOf('gone')} and ${mentionOf('all')}: **look**`;
  const last = {
    userId: 'linus',
    name: 'Linus',
    preview,
    at: 0,
    seq: 1,
    mentioned: [{ id: 'grace', name: 'Grace Hopper' }],
  };
  const listed = listedGroup(entryOf({ last }), { now: 0, arriving: undefined });
  render(
    <AsAda>
      <GroupSummary listed={listed} now={0} />
    </AsAda>,
  );
  expect(screen.getByText(/Grace Hopper, @Someone and @all: look$/)).toBeTruthy();
});
