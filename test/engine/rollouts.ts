import { dockerLines, leftOf, running } from './docker';
import { Deployment, failure } from './deployment';
import type { Run } from './deployment';
import { startLoad } from './load';
import type { Load, Tally } from './load';
import { testName } from './names';
import { report } from './report';
import { site } from './site';
import type { Change } from './site';

/** What an apply under load ended with. */
export interface Outcome extends Tally, Run {
  /** The parts of the site of which another container serves afterwards, such as `shop-0`, in the order of their names. */
  readonly begun: readonly string[];
  /** The parts of which a container that served before has gone. */
  readonly gone: readonly string[];
}

/** What the load asks for: some paths as often as it can, some that take 1.5 s. */
export interface Asked {
  readonly paths: readonly string[];
  readonly slowPaths: readonly string[];
}

const EVERYTHING: Asked = { paths: ['/', '/api/', '/static/site.css'], slowPaths: ['/slow', '/api/slow'] };

/** One site on an engine, changed under load; what was seen goes into the table of the run. */
export class Rollouts {
  /** A site whose nginx listens on a port of loopback; the name of its stack begins as all names of the tests do. */
  public static async start(name: string, port: number): Promise<Rollouts> {
    const stack = testName(name);
    return new Rollouts(stack, port, await Deployment.start(stack));
  }

  private load: Load | undefined;

  private constructor(
    public readonly stack: string,
    private readonly port: number,
    public readonly deployment: Deployment,
  ) {}

  /** Applies a change without a load. */
  public apply(change: Change = {}): Promise<Run> {
    return this.deployment.apply(site(this.port, change));
  }

  /** Applies a change that has to work, such as the first one. */
  public async applied(change: Change = {}): Promise<void> {
    const run = await this.apply(change);
    if (run.code !== 0) throw new Error(failure(run));
  }

  /** Writes what Terraform is to apply, for a run of Terraform that a test watches. */
  public synthesize(change: Change): void {
    this.deployment.synthesize(site(this.port, change));
  }

  /** The part of the site that a container is, such as `shop-0`, by its name. */
  public partOf(name: string): string {
    return name.slice(`${this.stack}-`.length).replace(/-[0-9a-f]{8}$/, '');
  }

  /** Ids of the running containers, by the beginning of their part's name. */
  public running(part = ''): string[] {
    return running(this.stack, part);
  }

  /** Ids of those that serve: what has failed runs too, until the next apply. */
  public healthy(part: string): string[] {
    return running(this.stack, part, 'health=healthy');
  }

  /** The id of the only running container of a part. */
  public only(part: string): string {
    const [id, ...others] = this.running(part);
    if (id === undefined || others.length > 0)
      throw new Error(`${String(id === undefined ? 0 : 1 + others.length)} containers of ${part} run`);
    return id;
  }

  /** Applies a change under load, and says what became of every request. */
  public async under(title: string, change: Change, asked = EVERYTHING): Promise<Outcome> {
    return this.during(title, () => this.apply(change), asked);
  }

  /** Does something under load. */
  public async during(title: string, action: () => Promise<Run>, asked = EVERYTHING): Promise<Outcome> {
    this.deployment.begin(title);
    const before = this.serving();
    const load = startLoad(this.port, asked.paths, asked.slowPaths);
    this.load = load;
    await pause(300);
    const start = Date.now();
    const run = await action();
    const seconds = (Date.now() - start) / 1000;
    // What is wrong only after the end of an apply, such as an address that nginx still remembers, has to show too.
    await pause(1500);
    const tally = await this.stopLoad(load);
    report({
      title,
      code: run.code,
      seconds,
      requests: tally.requests,
      lost: tally.lost.length,
      gap: tally.gap,
    });
    return { ...tally, ...run, ...changed(before, this.serving()) };
  }

  /** Removes everything, also what a scenario that ran out of its time has left under way; nothing may be left of it. */
  public async end(): Promise<void> {
    this.deployment.begin('end');
    await this.load?.stop();
    const run = await this.deployment.destroy();
    if (run.code !== 0) throw new Error(failure(run));
    expect(leftOf(this.stack)).toEqual([]);
  }

  private stopLoad(load: Load): Promise<Tally> {
    this.load = undefined;
    return load.stop();
  }

  /** The part of each container that runs, by its id. */
  private serving(): ReadonlyMap<string, string> {
    const label = `label=cdktf-wsgi.stack=${this.stack}`;
    const lines = dockerLines('ps', '--no-trunc', '--filter', label, '--format', '{{.ID}} {{.Names}}');
    return new Map(
      lines.map((line) => line.split(' ')).map(([id = '', name = '']) => [id, this.partOf(name)]),
    );
  }
}

function changed(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Pick<Outcome, 'begun' | 'gone'> {
  const only = (these: ReadonlyMap<string, string>, those: ReadonlyMap<string, string>): string[] =>
    [...these].flatMap(([id, part]) => (those.has(id) ? [] : [part])).sort();
  return { begun: only(after, before), gone: only(before, after) };
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });
