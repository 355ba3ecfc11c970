import { isKnownVariable } from '../../nginx/known-variables';
import { shortHash } from '../../topology/short-hash';

/** With the endings that a policy adds, a longer one would not fit where nginx keeps the names of variables. */
const LONGEST = 27;

/** Words for zones and variables, each once in a frontend. nginx tells capital letters of a variable from small ones no more. */
export class PolicyNames {
  private known: Set<string> | undefined;

  /**
   * @param version Release of the frontend's nginx.
   * @param others Names of variables and zones that the frontend has besides, asked for with the first policy.
   */
  public constructor(
    public readonly version: string,
    private readonly others: () => readonly string[],
  ) {}

  /** The readable word itself, unless something else has it already; cut, with a hash, where it is too long. */
  public take(readable: string): string {
    const word = fitting(
      readable
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_|_$/g, ''),
    );
    const taken = this.taken();
    let name = word;
    for (let more = 2; taken.has(name) || isKnownVariable(name); more++) name = `${word}_${String(more)}`;
    taken.add(name);
    return name;
  }

  private taken(): Set<string> {
    return (this.known ??= new Set(this.others().map((name) => name.toLowerCase())));
  }
}

function fitting(word: string): string {
  if (word.length <= LONGEST) return word;
  const hash = shortHash(word, 8);
  return `${word.slice(0, LONGEST - hash.length - 1).replace(/_$/, '')}_${hash}`;
}
