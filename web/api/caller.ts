/** Who makes a request: the signed-in session, as far as requests need it. */
export interface Caller {
  userId: string;
  /** A session JWT; undefined if the session has ended. */
  getToken(options?: { fresh?: boolean }): Promise<string | undefined>;
}
