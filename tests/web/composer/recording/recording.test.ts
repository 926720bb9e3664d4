import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whyNoMicrophone } from '../../../../web/features/composer/recording/microphone-words.ts';
import {
  Recording,
  type RecordingParts,
  VOICE_MESSAGE_MS,
} from '../../../../web/features/composer/recording/recording.ts';

let did: string[];
let takeAway: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  did = [];
});
afterEach(() => {
  vi.useRealTimers();
});

/** A recording of a microphone that notes what is done with it. */
function recordingOf(parts: Partial<RecordingParts> = {}, bytes = 'sound'): Recording {
  return new Recording({
    now: () => Date.now(),
    async open(ended) {
      takeAway = ended;
      return {
        ok: true,
        microphone: {
          level: () => 0.5,
          stop: async () => {
            did.push('stopped');
            return new Blob([bytes]);
          },
          discard: () => did.push('discarded'),
        },
      };
    },
    async keep(recorded, lastedMs) {
      did.push(`kept ${await recorded.text()} of ${lastedMs} ms`);
    },
    ...parts,
  });
}

/** The states that it goes through. */
function statesOf(recording: Recording): string[] {
  const states: string[] = [recording.getView().state];
  recording.subscribe(() => states.push(recording.getView().state));
  return states;
}

test('what is recorded is kept when it is stopped', async () => {
  const recording = recordingOf();
  const states = statesOf(recording);
  await recording.begin();
  expect(recording.level()).toBe(0.5);
  vi.advanceTimersByTime(2_000);
  await recording.stop();
  expect(did).toEqual(['stopped', 'kept sound of 2000 ms']);
  expect(states).toEqual(['asking', 'recording', 'finishing', 'over']);
  expect(recording.getView()).toEqual({ state: 'over' });
});

test('nothing is kept when it is cancelled, and the microphone is let go', async () => {
  const recording = recordingOf();
  await recording.begin();
  recording.cancel();
  await recording.stop();
  expect(did).toEqual(['discarded']);
  expect(recording.getView()).toEqual({ state: 'over' });
});

test('a microphone that is allowed only after the user gave up is let go', async () => {
  const recording = recordingOf();
  const begun = recording.begin();
  await recording.stop();
  await begun;
  expect(did).toEqual(['discarded']);
  expect(recording.getView()).toEqual({ state: 'over' });
});

test('a refusal is said in its words', async () => {
  const why = whyNoMicrophone('NotAllowedError');
  const recording = recordingOf({ open: async () => ({ ok: false, why }) });
  await recording.begin();
  expect(recording.getView()).toEqual({ state: 'over', note: why });
  expect(why).toMatch(/Allow it for this site/);
});

test('at the longest duration it stops, keeps everything and says so', async () => {
  const recording = recordingOf();
  await recording.begin();
  await vi.advanceTimersByTimeAsync(VOICE_MESSAGE_MS - 1);
  expect(recording.getView().state).toBe('recording');
  await vi.advanceTimersByTimeAsync(1);
  expect(did).toEqual(['stopped', `kept sound of ${VOICE_MESSAGE_MS} ms`]);
  expect(recording.getView()).toEqual({
    state: 'over',
    note: 'A voice message can last 10 minutes, so the recording was stopped.',
  });
});

test('a microphone that is unplugged ends it with what there is', async () => {
  const recording = recordingOf();
  await recording.begin();
  takeAway();
  await vi.advanceTimersByTimeAsync(0);
  expect(did).toEqual(['stopped', 'kept sound of 0 ms']);
  expect(recording.getView()).toMatchObject({ note: expect.stringMatching(/disconnected/) });
});

test('a recording without bytes is no file', async () => {
  const recording = recordingOf({}, '');
  await recording.begin();
  await recording.stop();
  expect(did).toEqual(['stopped']);
  expect(recording.getView()).toMatchObject({
    note: expect.stringMatching(/Nothing was recorded/),
  });
});

test('a recording that cannot be kept is said to be lost', async () => {
  const recording = recordingOf({ keep: () => Promise.reject(new Error('full')) });
  await recording.begin();
  await recording.stop();
  expect(recording.getView()).toMatchObject({ note: expect.stringMatching(/failed/) });
});

test.each([
  ['NotAllowedError', /blocked.*Allow it/],
  ['NotFoundError', /No microphone was found\. Connect one/],
  ['NotReadableError', /Close other programs/],
  ['TypeError', /attach a recording as a file/],
])('%s is explained', (name, words) => {
  expect(whyNoMicrophone(name)).toMatch(words);
});
