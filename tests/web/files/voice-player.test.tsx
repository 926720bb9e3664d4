import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { FileReference } from '../../../protocol/models.ts';
import { VoicePlayer } from '../../../web/features/conversation/files/voice-player.tsx';

afterEach(cleanup);

function voice(id: string): FileReference {
  return {
    id,
    name: `${id}.webm`,
    type: 'audio/webm',
    size: 9_000,
    url: `/api/files/${id}`,
    metadata: { uploadedBy: 'ada', uploadedAt: 1, durationMs: 12_400, waveform: 'AAgg__gg' },
  };
}

function open(...ids: string[]): void {
  render(ids.map((id) => <VoicePlayer file={voice(id)} isReady key={id} />));
}

const slider = () => screen.getByRole<HTMLInputElement>('slider', { name: 'Position' });
const soundOf = (n: number) => {
  const sound = document.querySelectorAll('audio')[n];
  if (!sound) throw new Error('no sound');
  return sound;
};

test('has its name, its duration and a bar for each peak, and loads nothing', () => {
  open('one');
  expect(screen.getByRole('group', { name: 'one.webm' })).toBeDefined();
  expect(screen.getByText('0:12')).toBeDefined();
  const [path] = document.querySelectorAll('svg[viewBox="0 0 32 32"] path');
  expect(path?.getAttribute('d')?.match(/M/g)).toHaveLength(8);
  expect(soundOf(0).preload).toBe('none');
});

test('plays and pauses, and shows how far it is', async () => {
  open('one');
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Play' })));
  expect(soundOf(0).paused).toBe(false);
  soundOf(0).currentTime = 6.2;
  fireEvent.timeUpdate(soundOf(0));
  expect(screen.getByText('0:06 / 0:12')).toBeDefined();
  expect(slider().getAttribute('aria-valuetext')).toBe('0:06 of 0:12');
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Pause' })));
  expect(soundOf(0).paused).toBe(true);
  fireEvent.ended(soundOf(0));
  expect(screen.getByText('0:12')).toBeDefined();
});

test('arrow keys and a click seek, and not beyond its ends', () => {
  open('one');
  const press = (key: string) => fireEvent.keyDown(slider(), { key });
  press('ArrowRight');
  press('ArrowUp');
  expect(soundOf(0).currentTime).toBe(4);
  press('ArrowLeft');
  expect(soundOf(0).currentTime).toBe(2);
  press('ArrowDown');
  press('ArrowDown');
  expect(soundOf(0).currentTime).toBe(0);
  fireEvent.change(slider(), { target: { value: '11500' } });
  expect(soundOf(0).currentTime).toBe(11.5);
  press('ArrowRight');
  expect(soundOf(0).currentTime).toBe(12.4);
});

test('its speed is that of all voice messages, and of those that are shown later', () => {
  open('one', 'two');
  const speeds = () => screen.getAllByTitle('Speed').map(({ textContent }) => textContent);
  const faster = () => {
    const [first] = screen.getAllByTitle('Speed');
    if (first) fireEvent.click(first);
  };
  expect(speeds()).toEqual(['1×', '1×']);
  faster();
  expect(speeds()).toEqual(['1.5×', '1.5×']);
  expect(soundOf(1).playbackRate).toBe(1.5);
  faster();
  cleanup();
  open('three');
  expect(speeds()).toEqual(['2×']);
  expect(screen.getByRole('button', { name: 'Speed: 2 times' })).toBeDefined();
  expect(soundOf(0).playbackRate).toBe(2);
  faster();
  expect(speeds()).toEqual(['1×']);
});

test('only one plays at a time', async () => {
  open('one', 'two');
  for (const button of screen.getAllByRole('button', { name: 'Play' })) {
    await act(async () => fireEvent.click(button));
  }
  expect([soundOf(0).paused, soundOf(1).paused]).toEqual([true, false]);
});

test('one that cannot be played says so', () => {
  open('one');
  fireEvent.error(soundOf(0));
  expect(screen.getByText(/cannot be played here/)).toBeDefined();
  expect(screen.queryByRole('slider')).toBeNull();
});
