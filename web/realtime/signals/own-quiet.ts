import { Watchers } from '../watchers.ts';

const watchers = new Watchers();
let isOn = false;

/** Whether I do not want to be disturbed, as my own socket says. My clients tell the Rooms, which do not know. */
export const ownQuiet = {
  isOn: (): boolean => isOn,
  set(on: boolean): void {
    if (on === isOn) return;
    isOn = on;
    watchers.notify();
  },
  /** Calls back after every change, until the returned function is called. */
  watch: (listener: () => void): (() => void) => watchers.watch(listener),
};
