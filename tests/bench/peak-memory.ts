import { readdirSync, readFileSync } from 'node:fs';
import { statusOf } from '../../scripts/steps/ancestors.mjs';

const EVERY_MS = 500;

/** The peak memory in bytes of a process and its group. */
export interface PeakMemory {
  /** Stops measuring. Undefined on a system without /proc. */
  stop(): number | undefined;
}

/** Measures all processes of a group, or those with this name, at intervals. */
export function watchMemory(processGroup: number, name?: string): PeakMemory {
  let peak: number | undefined;
  const timer = setInterval(() => {
    const used = residentBytes(processGroup, name);
    if (used !== undefined) peak = Math.max(peak ?? 0, used);
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

/** What the processes of a group, or those of them with this name, have in memory now, bytes. Undefined without /proc. */
export function residentBytes(processGroup: number, name?: string): number | undefined {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.reduce((sum, pid) => sum + residentBytesOf(pid, processGroup, name), 0);
  } catch {
    return undefined;
  }
}

function residentBytesOf(pid: string, processGroup: number, wanted: string | undefined): number {
  try {
    if (statusOf(Number(pid))?.group !== processGroup) return 0;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, name] = status.match(/^Name:\s+(.+)$/m) ?? [];
    if (wanted !== undefined && name !== wanted) return 0;
    const [, kB] = status.match(/VmRSS:\s+(\d+) kB/) ?? [];
    return Number(kB ?? 0) * 1024;
  } catch {
    // The process ended meanwhile.
    return 0;
  }
}
