/** What people read while their group is loaded back from D1. It is short enough for the reason of a close. */
export function restoringDetail(percent: number): string {
  return `This group is being restored, ${percent} %. Try again in a moment.`;
}

/** How much of the group is there, in percent, if the detail of a failure or the reason of a close says so. */
export function restoredPercent(detail: string): number | undefined {
  const percent = /^This group is being restored, (\d+) %/.exec(detail)?.[1];
  return percent === undefined ? undefined : Number(percent);
}
