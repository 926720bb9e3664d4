import type { Page } from '@playwright/test';

/** Records from now on, after every frame, whether visible rows moved relative to each other. */
export async function watchForJumps(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const list = document.querySelector('[role=log]');
    if (!list) throw new Error('no timeline');
    const jumps: number[] = [];
    let last = new Map<string, number>();
    const look = (): void => {
      const { top, bottom } = list.getBoundingClientRect();
      const now = new Map<string, number>();
      for (const row of list.querySelectorAll('[data-message]')) {
        const box = row.getBoundingClientRect();
        if (box.bottom > top && box.top < bottom)
          now.set(row.getAttribute('data-message') ?? '', box.top);
      }
      const moves = [...now]
        .flatMap(([key, y]) => y - (last.get(key) ?? Number.NaN))
        .filter(Number.isFinite);
      const spread = Math.max(...moves) - Math.min(...moves);
      if (moves.length > 1 && spread > 1) jumps.push(spread);
      last = now;
      requestAnimationFrame(() => painted.port2.postMessage(null));
    };
    // Right after the frame was painted: before it the list may still be moving, and a timer would come after what has changed
    // the page since, without a frame.
    const painted = new MessageChannel();
    painted.port1.onmessage = look;
    look();
    Object.assign(window, { jumps });
  });
  return () => page.evaluate(() => Reflect.get(window, 'jumps'));
}
