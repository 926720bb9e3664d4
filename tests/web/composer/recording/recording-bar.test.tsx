import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type OpenedMicrophone,
  Recording,
  VOICE_MESSAGE_MS,
} from '../../../../web/features/composer/recording/recording.ts';
import { RecordingBar } from '../../../../web/features/composer/recording/recording-bar.tsx';

let did: string[];
let allow: (opened: OpenedMicrophone) => void;

const microphone: OpenedMicrophone = {
  ok: true,
  microphone: {
    level: () => 1,
    stop: async () => new Blob(['sound']),
    discard: () => did.push('discarded'),
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  did = [];
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Opens the bar of a recording that waits for its microphone, beside a field. */
function open(): void {
  const recording = new Recording({
    now: () => performance.now(),
    open: () =>
      new Promise((resolve) => {
        allow = resolve;
      }),
    keep: async () => void did.push('kept'),
  });
  void recording.begin();
  render(
    <form>
      <textarea aria-label="Message" />
      <RecordingBar onClose={() => did.push('closed')} recording={recording} />
    </form>,
  );
}

async function record(opened = microphone): Promise<void> {
  open();
  await act(async () => allow(opened));
}

test('says that the browser asks for the microphone', () => {
  open();
  expect(screen.getByText('Allow the use of the microphone…')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Discard the recording' }));
  expect(did).toEqual(['closed']);
});

test('shows how long it is, and the button that ends it has the focus', async () => {
  await record();
  expect(screen.getByRole('timer').textContent).toBe('0:00');
  await act(() => vi.advanceTimersByTimeAsync(65_000));
  expect(screen.getByRole('timer').textContent).toBe('1:05');
  expect(screen.getByText('Recording').role).toBe('status');
  const stop = screen.getByRole('button', { name: 'Stop and attach the recording' });
  expect(document.activeElement).toBe(stop);
  await act(async () => fireEvent.click(stop));
  expect(did).toEqual(['kept', 'closed']);
});

test('Escape discards it, also from the field', async () => {
  await record();
  fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Escape' });
  expect(did[0]).toBe('discarded');
  expect(did).not.toContain('kept');
  expect(did).toContain('closed');
});

test('Escape closes the list of suggestions of the field first', async () => {
  await record();
  const field = screen.getByRole('textbox');
  field.setAttribute('aria-activedescendant', 'ada');
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(did).toEqual([]);
  field.removeAttribute('aria-activedescendant');
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(did).toContain('discarded');
});

test('Enter in the field does not end it', async () => {
  await record();
  fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter' });
  expect(screen.getByRole('timer')).toBeDefined();
});

test('the page asks before it is left', async () => {
  await record();
  const leave = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(leave);
  expect(leave.defaultPrevented).toBe(true);
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: /^Stop/ }));
  });
  const later = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(later);
  expect(later.defaultPrevented).toBe(false);
});

test('counts down before the longest duration, and says why it ended', async () => {
  await record();
  await act(() => vi.advanceTimersByTimeAsync(VOICE_MESSAGE_MS - 10_000));
  expect(screen.getByText('10 s left')).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect(screen.getByRole('alert').textContent).toMatch(/can last 10 minutes/);
  expect(did).toEqual(['kept']);
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(did).toEqual(['kept', 'closed']);
});

test('a refusal stays until it is closed', async () => {
  await record({ ok: false, why: 'The microphone is blocked.' });
  expect(screen.getByRole('alert').textContent).toBe('The microphone is blocked.');
  expect(did).toEqual([]);
  fireEvent.keyDown(screen.getByRole('button', { name: 'Close' }), { key: 'Escape' });
  expect(did).toEqual(['closed']);
});
