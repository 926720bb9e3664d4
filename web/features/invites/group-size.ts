/** "1 member", "12 members". */
export function groupSize(memberCount: number): string {
  return `${memberCount} ${memberCount === 1 ? 'member' : 'members'}`;
}
