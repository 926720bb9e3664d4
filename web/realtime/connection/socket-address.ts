/**
 * The address of a group's socket at `origin` (`http://…`, `https://…`). With the place that this client is at, the
 * server answers with what it lacks.
 */
export function socketAddress(
  origin: string,
  groupId: string,
  position: { since: number; epoch: string } | undefined,
): string {
  const url = new URL(`/api/groups/${groupId}/socket`, origin.replace(/^http/, 'ws'));
  if (position) {
    url.searchParams.set('since', String(position.since));
    url.searchParams.set('epoch', position.epoch);
  }
  return url.href;
}
