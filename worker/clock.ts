/** Returns the time in ms UTC. Code that needs it takes a clock as a parameter, so that tests can move the time. */
export type Clock = () => number;

/** The platform's clock. In a Worker it advances only at I/O. */
export const systemClock: Clock = () => Date.now();
