import { readFileSync } from 'node:fs';

const CHECK_EVERY_MS = 200;

/**
 * Calls `onGone` once, when the shell or the npm that started this process has ended. npm forwards signals only to its
 * shell, and the shell dies without forwarding them: this process would go on unseen and keep the port.
 * @param {() => void} onGone
 */
export function whenParentEnds(onGone) {
  const shell = process.ppid;
  const npm = process.env['npm_lifecycle_event'] === undefined ? undefined : parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    onGone();
  }, CHECK_EVERY_MS);
  timer.unref();
}

/**
 * @param {number} pid
 * @returns {number | undefined} undefined on systems without /proc, where the shell replaces itself with the script
 */
function parentOf(pid) {
  try {
    // proc(5): the name, in parentheses, may contain anything. The state and the parent follow it.
    const [, parent] =
      readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return parent === undefined || parent === '0' ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
