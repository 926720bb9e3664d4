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
  const parent = statusOf(pid)?.parent;
  return parent === 0 ? undefined : parent;
}

/**
 * The state of a process as one letter, Z for a zombie, the id of its parent, 0 for none, and its process group.
 * @param {number} pid
 * @returns {{ state: string, parent: number, group: number } | undefined} undefined for a process that does not exist, or without /proc
 */
export function statusOf(pid) {
  try {
    // proc(5): the name, in parentheses, may contain anything. The state and the parent follow it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const [state = '', parent, group] = stat.split(' ');
    return { state, parent: Number(parent ?? 0), group: Number(group ?? 0) };
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
