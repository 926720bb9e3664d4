/** The only source of time in here, so that tests can move it. Times are ms UTC. */
export interface Clock {
  now(): number;
  /** Runs `run` once, `ms` from now; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** The clock of the page. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
