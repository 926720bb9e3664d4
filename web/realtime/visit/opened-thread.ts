/** How far a thread was read when it was opened; undefined while that is not known. */
export interface OpenedThread {
  parentId: string;
  readSeq: number | undefined;
  /** Nothing in it is marked as new any more. */
  isCleared?: boolean;
}
