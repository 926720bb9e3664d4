import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { PinnedMessage } from '../../../web/features/pins/pinned-message.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, fileAt, messageAt } from '../../support/group-events.ts';

clearPageAfterEach();

test('a pinned message without words names its files', () => {
  const attachments = [fileAt('lake.jpg'), fileAt('notes.txt')];
  render(
    <AsAda>
      <PinnedMessage
        author={ADA}
        message={messageAt(1, { content: '', attachments })}
        onJump={() => undefined}
        onUnpin={undefined}
        pinnedBy={undefined}
      />
    </AsAda>,
  );
  expect(screen.getByText('📷 lake.jpg and 1 more')).toBeDefined();
});
