/** Words for zones and variables, each once in a frontend. */
export class PolicyNames {
  private readonly taken = new Set<string>();

  /** @param version Release of the frontend's nginx. */
  public constructor(public readonly version: string) {}

  /** The readable word itself, unless another place has it already. */
  public take(readable: string): string {
    const word = readable.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
    let name = word;
    for (let more = 2; this.taken.has(name); more++) name = `${word}_${String(more)}`;
    this.taken.add(name);
    return name;
  }
}
