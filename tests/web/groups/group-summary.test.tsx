import { render, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { mentionOf } from '../../../protocol/mentions.ts';
import { GroupSummary } from '../../../web/features/groups/group-summary.tsx';
import { listedGroup } from '../../../web/features/groups/listed-group.ts';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();
beforeEach(() => vi.stubGlobal('fetch', () => new Promise(() => undefined)));

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
