/** What the world connects to: a port on an address of the host. */
export interface Listener {
  readonly port: number;
  /** Literal IPv4 or IPv6 address of the host. */
  readonly address: string;
}
