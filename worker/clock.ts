/** The time in ms UTC. The core takes it as a parameter, so that tests can move it. */
export type Clock = () => number;

/** The platform's clock. In a Worker it stands still between two waits for input or output. */
export const systemClock: Clock = () => Date.now();
