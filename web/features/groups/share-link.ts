/** The address of a group: it opens the group for members, and offers to join a public one. */
export function shareLink(groupId: string): string {
  return new URL(`/g/${groupId}`, location.origin).href;
}
