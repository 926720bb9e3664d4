/** The address of a group: members come back by it, and whoever may join a public group joins by it. */
export function shareLink(groupId: string): string {
  return new URL(`/g/${groupId}`, location.origin).href;
}
