/** What the world connects to: a port on an address of the host. */
export interface Listener {
  readonly port: number;
  /** Literal IPv4 or IPv6 address of the host. */
  readonly address: string;
}

/** The distinct ports of some listeners: two addresses of one port are one port inside the container. */
export function portsOf(listeners: readonly Listener[]): number[] {
  return [...new Set(listeners.map((listener) => listener.port))];
}
