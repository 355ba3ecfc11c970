/** What owns the published ports of a frontend. */
export class Gate {
  /** A small container of its own, which passes connections on: nginx can be replaced without closing the ports. */
  public static container(): Gate {
    return new Gate(true);
  }

  /** nginx itself: no extra hop, and a replacement of nginx refuses connections until the new one is up. */
  public static none(): Gate {
    return new Gate(false);
  }

  /** @internal */
  public readonly _isContainer: boolean;

  private constructor(isContainer: boolean) {
    this._isContainer = isContainer;
  }
}
