/** The order of two names as people read it: "Group 2" before "Group 10". */
export const byWords = new Intl.Collator(undefined, { numeric: true }).compare;
