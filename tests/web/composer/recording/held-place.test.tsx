import { render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { ATTACHMENTS_PER_MESSAGE } from '../../../../protocol/limits.ts';
import { Draft } from '../../../../web/features/composer/draft.ts';
import { ComposerFiles } from '../../../../web/features/composer/files/composer-files.tsx';
import { heldPlaces, holdPlace } from '../../../../web/features/composer/recording/held-place.ts';
import { Recording } from '../../../../web/features/composer/recording/recording.ts';
import { AsAda, clearPageAfterEach } from '../../../support/ada-page.tsx';
import { ADA, fileAt, GROUP_ID } from '../../../support/group-events.ts';

clearPageAfterEach();
beforeEach(() => vi.stubGlobal('fetch', () => new Promise(() => undefined)));

/** A draft with all files but two, and a recording for it that becomes a file of it. */
function scene() {
  const draft = new Draft({ userId: ADA.id, groupId: GROUP_ID });
  draft.attach(Array.from({ length: ATTACHMENTS_PER_MESSAGE - 2 }, (_, n) => fileAt(`${n}.txt`)));
  const microphone = {
    level: () => 0,
    stop: async () => new Blob(['sound']),
    discard: () => undefined,
  };
  const recording = new Recording({
    now: () => 0,
    open: async () => ({ ok: true, microphone }),
    keep: async () => draft.attach([...draft.getFiles(), fileAt('voice.webm')]),
  });
  holdPlace(draft, recording);
  return { draft, recording };
}

function choose(draft: Draft, count: number): void {
  const chosen = [Array.from({ length: count }, (_, n) => new File(['x'], `chosen ${n}.txt`))];
  render(
    <AsAda>
      <ComposerFiles chosen={chosen} draft={draft} files={draft.getFiles()} groupId={GROUP_ID} />
    </AsAda>,
  );
}

test('files that are chosen while something is recorded leave room for the recording', async () => {
  const { draft, recording } = scene();
  await recording.begin();
  choose(draft, 2);
  await waitFor(() => expect(draft.getFiles()).toHaveLength(ATTACHMENTS_PER_MESSAGE - 1));
  expect(screen.getByRole('alert').textContent).toMatch(/One file was left out/);
  await recording.stop();
  expect(draft.getFiles()).toHaveLength(ATTACHMENTS_PER_MESSAGE);
});

test('a recording that is over holds no place', async () => {
  const { draft, recording } = scene();
  expect(heldPlaces(draft)).toBe(1);
  await recording.begin();
  recording.cancel();
  expect(heldPlaces(draft)).toBe(0);
  choose(draft, 2);
  await waitFor(() => expect(draft.getFiles()).toHaveLength(ATTACHMENTS_PER_MESSAGE));
  expect(screen.queryByRole('alert')).toBeNull();
});
