import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { FileReference } from '../../../protocol/models.ts';
import { TextFile } from '../../../web/features/conversation/files/text-file.tsx';
import { AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { fileAt } from '../../support/group-events.ts';

clearPageAfterEach();

const LINES = Array.from({ length: 30 }, (_, n) => `line ${n}`).join('\n');

function Openable({ file }: { file: FileReference }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <TextFile
      file={file}
      isOpen={isOpen}
      isReady
      onRead={() => undefined}
      onToggle={() => setOpen(!isOpen)}
    />
  );
}

function open(size: number): void {
  vi.stubGlobal('fetch', async () => new Response(`${LINES}\n`));
  // No colours: they come from a worker, which this environment has none of.
  vi.stubGlobal(
    'Worker',
    class {
      postMessage(): void {}
      terminate(): void {}
    },
  );
  render(
    <AsAda>
      <Openable file={fileAt('server.log', { size })} />
    </AsAda>,
  );
}

test('a file whose beginning alone was fetched says so: where it is copied, expanded and read', async () => {
  open(5_000_000);
  const copy = { name: 'Copy the first 64 KiB of server.log' };
  expect(await screen.findByRole('button', copy)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Show the first 64 KiB of server.log' }));
  expect(screen.getByText(/These are the first 64 KiB\. Download/)).toBeDefined();
});

test('a file that was fetched whole says nothing of the kind', async () => {
  open(LINES.length + 1);
  expect(await screen.findByRole('button', { name: 'Copy server.log' })).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Show more of server.log' }));
  expect(screen.queryByText(/64 KiB/)).toBeNull();
});
