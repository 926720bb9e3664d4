/** The address that an invitation is sent as. */
export function inviteLink(code: string): string {
  return new URL(`/invite/${code}`, location.origin).href;
}
