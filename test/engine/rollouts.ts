import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftOf } from './docker';
import { Deployment, failure } from './deployment';
import type { Run } from './deployment';
import { startLoad } from './load';
import type { Tally } from './load';
import { report } from './report';
import { site } from './site';
import type { Change } from './site';

/** What an apply under load ended with. */
export type Outcome = Tally & Run;

/** One site on an engine, changed under load; what was seen goes into the table of the run. */
export class Rollouts {
  /** A site whose nginx listens on a port of loopback. */
  public static async start(stack: string, port: number): Promise<Rollouts> {
    const directory = mkdtempSync(join(tmpdir(), 'engine-'));
    return new Rollouts(stack, port, await Deployment.start(directory, stack));
  }

  private constructor(
    private readonly stack: string,
    private readonly port: number,
    public readonly deployment: Deployment,
  ) {}

  /** Applies a change without a load. */
  public apply(change: Change = {}): Promise<Run> {
    return this.deployment.apply(site(this.port, change));
  }

  /** Writes what Terraform is to apply, for a run of Terraform that a test watches. */
  public synthesize(change: Change): void {
    this.deployment.synthesize(site(this.port, change));
  }

  /** Applies a change under load, and says what became of every request. */
  public async under(title: string, change: Change): Promise<Outcome> {
    return this.during(title, () => this.apply(change));
  }

  /** Does something under load. */
  public async during(title: string, action: () => Promise<Run>): Promise<Outcome> {
    this.deployment.begin(title);
    const load = startLoad(this.port, ['/', '/api/', '/static/site.css'], ['/slow', '/api/slow']);
    await pause(1000);
    const start = Date.now();
    const { code, output } = await action().catch(async (error: unknown) => {
      await load.stop();
      throw error;
    });
    const seconds = (Date.now() - start) / 1000;
    await pause(1500);
    const tally = await load.stop();
    report({ title, code, seconds, requests: tally.requests, lost: tally.lost.length, gap: tally.gap });
    return { ...tally, code, output };
  }

  /** Removes everything; nothing may be left of it. */
  public async end(): Promise<void> {
    this.deployment.begin('end');
    const { code, output } = await this.deployment.destroy();
    if (code !== 0) throw new Error(failure({ code, output }));
    expect(leftOf(this.stack)).toEqual([]);
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });
