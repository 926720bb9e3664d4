/**
 * Whether I do not want to be disturbed, as my own socket says. My clients tell the Rooms, which do not know. `changed` are
 * called after every change.
 */
export const ownQuiet = { isOn: false, changed: new Set<() => void>() };
