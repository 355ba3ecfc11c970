import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deployment } from './deployment';
import { startLoad } from './load';
import type { Tally } from './load';
import { site } from './site';
import type { Change } from './site';

/** What an apply under load ended with. */
export type Outcome = Tally & { readonly code: number; readonly output: string };

/** One site on an engine, changed under load; what was seen is printed as a table at the end. */
export class Rollouts {
  /** A site whose nginx listens on a port of loopback. */
  public static async start(stack: string, port: number): Promise<Rollouts> {
    const directory = mkdtempSync(join(tmpdir(), 'engine-'));
    return new Rollouts(port, await Deployment.start(directory, stack));
  }

  private readonly rows: string[] = [];

  private constructor(
    private readonly port: number,
    public readonly deployment: Deployment,
  ) {}

  /** Applies a change without a load. */
  public apply(change: Change = {}): Promise<{ readonly code: number; readonly output: string }> {
    return this.deployment.apply(site(this.port, change));
  }

  /** Applies a change under load, and says what became of every request. */
  public async under(title: string, change: Change): Promise<Outcome> {
    return this.during(title, () => this.apply(change));
  }

  /** Does something under load. */
  public async during(
    title: string,
    action: () => Promise<{ readonly code: number; readonly output: string }>,
  ): Promise<Outcome> {
    const load = startLoad(this.port, ['/', '/api/', '/static/site.css'], ['/slow', '/api/slow']);
    await new Promise((done) => setTimeout(done, 1000));
    const start = Date.now();
    const { code, output } = await action();
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    await new Promise((done) => setTimeout(done, 1500));
    const tally = await load.stop();
    const end = code === 0 ? 'done  ' : 'failed';
    this.rows.push(
      [
        title.padEnd(48),
        `apply ${end} ${seconds.padStart(5)} s`,
        `${String(tally.requests).padStart(6)} requests`,
        `${String(tally.lost.length).padStart(4)} lost`,
        ...(tally.lost.length === 0 ? [] : [`within ${tally.gap.toFixed(1)} s`]),
      ].join('  '),
    );
    return { ...tally, code, output };
  }

  /** Removes everything and prints the table. */
  public async end(): Promise<void> {
    const { code, output } = await this.deployment.destroy();
    process.stdout.write(`${this.rows.join('\n')}\n`);
    if (code !== 0) throw new Error(output);
  }
}
