/** The place of a thread in a list of one group: unread ones come first, then the latest reply (ms UTC), then the latest root. */
export interface ThreadPlace {
  isUnread: boolean;
  at: number;
  rootSeq: number;
}

/** Which followed threads of a group to list: the first `limit` after the place `before`, without it from the beginning. */
export interface ThreadQuery {
  limit: number;
  before?: ThreadPlace | undefined;
  /** The places do not count replies after this time, ms UTC, so that none moves while the list is paged. */
  asOf?: number | undefined;
  unreadOnly?: boolean | undefined;
}
