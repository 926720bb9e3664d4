/**
 * The address of a group's socket at `origin` (`http://…`, `https://…`). With the place that this client is at, the
 * server answers with what it lacks.
 */
export function socketAddress(
  origin: string,
  groupId: string,
  place: { since: number; epoch: string } | undefined,
): string {
  const url = new URL(`/api/groups/${groupId}/socket`, origin.replace(/^http/, 'ws'));
  if (place) {
    url.searchParams.set('since', String(place.since));
    url.searchParams.set('epoch', place.epoch);
  }
  return url.href;
}
