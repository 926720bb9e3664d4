/** A socket on a network that blocks WebSockets: nothing listens at its address. */
export class BlockedSocket extends WebSocket {
  constructor(_url: string | URL, protocols?: string | string[]) {
    super('ws://127.0.0.1:9/', protocols);
  }
}
