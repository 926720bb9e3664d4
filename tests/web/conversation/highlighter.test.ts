import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type {
  FromHighlighter,
  ToHighlighter,
} from '../../../web/features/conversation/markdown/highlighter.ts';

/** A worker whose answers the test gives. */
class ScriptedWorker {
  static readonly all: ScriptedWorker[] = [];
  readonly asked: ToHighlighter[] = [];
  isTerminated = false;
  onmessage: ((event: { data: FromHighlighter }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    ScriptedWorker.all.push(this);
  }

  postMessage(question: ToHighlighter): void {
    this.asked.push(question);
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

beforeEach(() => {
  ScriptedWorker.all.length = 0;
  vi.resetModules();
  vi.stubGlobal('Worker', ScriptedWorker);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function load() {
  return await import('../../../web/features/conversation/markdown/highlighter.ts');
}

test('code that takes too long stays one piece, and the next is highlighted by a new worker', async () => {
  const { highlighted } = await load();
  const slow = highlighted('[a]('.repeat(2_000), 'markdown');
  const quick = highlighted('const a', 'TS');
  await vi.advanceTimersByTimeAsync(0);
  ScriptedWorker.all[0]?.onmessage?.({ data: { type: 'started' } });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await slow).toEqual(['[a]('.repeat(2_000)]);
  expect(ScriptedWorker.all[0]?.isTerminated).toBe(true);
  const next = ScriptedWorker.all[1];
  expect(next?.asked).toEqual([{ code: 'const a', language: 'ts' }]);
  const pieces = [{ kind: 'keyword', pieces: ['const'] }, ' a'];
  next?.onmessage?.({ data: { type: 'done', pieces } });
  expect(await quick).toEqual(pieces);
  expect(next?.isTerminated).toBe(false);
});

test('a language that loads slowly is waited for, and one that cannot be loaded is asked for again', async () => {
  const { highlighted } = await load();
  const answer = highlighted('a', 'ts');
  await vi.advanceTimersByTimeAsync(60_000);
  ScriptedWorker.all[0]?.onmessage?.({ data: { type: 'done', pieces: undefined } });
  expect(await answer).toBeUndefined();
  const again = highlighted('a', 'ts');
  await vi.advanceTimersByTimeAsync(0);
  ScriptedWorker.all[0]?.onmessage?.({ data: { type: 'done', pieces: ['a'] } });
  expect(await again).toEqual(['a']);
});

test('a worker that cannot be started leaves the code as it is', async () => {
  const { highlighted } = await load();
  const answer = highlighted('a', 'ts');
  await vi.advanceTimersByTimeAsync(0);
  ScriptedWorker.all[0]?.onerror?.();
  expect(await answer).toBeUndefined();
});

test('more code than anyone reads is not highlighted at all', async () => {
  const { highlighted } = await load();
  expect(await highlighted('a'.repeat(20_001), 'ts')).toBeUndefined();
  expect(ScriptedWorker.all).toEqual([]);
});
