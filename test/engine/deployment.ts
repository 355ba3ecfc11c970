import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { startProvider } from './provider/server';
import { genuineEnvironment, providerInUse } from './provider-in-use';
import { REPORT } from './report';

/** What a run of Terraform ended with. */
export interface Run {
  readonly code: number;
  readonly output: string;
  /** What ended it, where that was a signal. */
  readonly signal?: NodeJS.Signals;
  /** Where the whole of its output is kept. */
  readonly log?: string;
}

/** What a failed run said from its first error on, since the whole plan stands before it; empty for one that succeeded. */
export function failure({ code, output, log }: Run): string {
  if (code === 0) return '';
  const start = output.search(/^.*Error: /m);
  const said = start === -1 ? output || `exit code ${String(code)}` : output.slice(start);
  return log === undefined ? said : `${said}\nthe whole output: ${log}`;
}

/** The same without the lines and the frame that Terraform breaks its errors into. */
export function unwrapped(output: string): string {
  return output.replaceAll(/\s*\n│?\s*/g, ' ');
}

/** What Terraform needs in its environment to find the provider, and how that is ended. */
interface Provider {
  readonly environment: NodeJS.ProcessEnv;
  readonly stop: () => void;
}

async function startedProvider(folder: string): Promise<Provider> {
  if (providerInUse() === 'genuine') return { environment: genuineEnvironment(), stop: () => undefined };
  const { environment, stop } = await startProvider(process.env['DOCKER_HOST'], folder);
  return { environment: { ...environment, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' }, stop };
}

/** One stack on an engine, applied as often as a test changes it. */
export class Deployment {
  /** A deployment whose state and outputs lie below a directory, one of its own if none is given. */
  public static async start(
    stack: string,
    directory = mkdtempSync(join(tmpdir(), 'engine-')),
  ): Promise<Deployment> {
    const folder = join(directory, 'stacks', stack);
    mkdirSync(folder, { recursive: true });
    return new Deployment(directory, stack, folder, await startedProvider(folder));
  }

  private runs = 0;
  private scenario = 'set-up';
  private readonly underWay = new Map<ChildProcess, Promise<Run>>();

  private constructor(
    private readonly directory: string,
    private readonly stack: string,
    /** Where Terraform runs: the synthesized stack. */
    public readonly folder: string,
    private readonly provider: Provider,
  ) {}

  /** Names what comes next: the outputs are kept under this title. */
  public begin(scenario: string): void {
    this.scenario = scenario;
  }

  /** Synthesizes a program and applies it. */
  public async apply(build: (stack: TerraformStack) => void): Promise<Run> {
    this.synthesize(build);
    if (this.runs === 0) await this.terraform('init', '-input=false');
    return this.terraform('apply', '-auto-approve', '-input=false');
  }

  /** True when a plan of what was applied last has nothing to do. */
  public async planIsEmpty(): Promise<boolean> {
    return (await this.terraform('plan', '-detailed-exitcode', '-input=false')).code === 0;
  }

  /** Removes everything, and stops the provider. */
  public async destroy(): Promise<Run> {
    try {
      await this.endRuns();
      return await this.terraform('destroy', '-auto-approve', '-input=false');
    } finally {
      this.stop();
    }
  }

  /** Runs Terraform on the stack; its output is kept beside it for whoever debugs a failure. */
  public terraform(...args: string[]): Promise<Run> {
    return this.run(this.startTerraform(...args), args[0] ?? '');
  }

  /** Starts Terraform on the stack: what is to be interrupted, or watched while it runs. */
  public startTerraform(...args: string[]): ChildProcess {
    return this.start('terraform', [...args, '-no-color'], this.folder);
  }

  /** Runs any other program as Terraform is run, such as the CLI of cdktf. */
  public command(
    name: string,
    args: readonly string[],
    { cwd, environment }: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv },
  ): Promise<Run> {
    return this.run(this.start(name, args, cwd, environment), args.slice(0, 2).join('-'));
  }

  /** Ends the provider, where something else has removed everything. */
  public stop(): void {
    this.provider.stop();
  }

  /** The output of a run is kept whole for whoever debugs a failure; a failing test shows its `failure`. */
  public run(child: ChildProcess, what: string): Promise<Run> {
    const ended = new Promise<Run>((done, fail) => {
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
      }
      child.on('error', fail);
      child.on('close', (code, signal) => {
        this.underWay.delete(child);
        const log = this.keep(what, output);
        done({ code: code ?? 1, output, log, ...(signal === null ? {} : { signal }) });
      });
    });
    this.underWay.set(child, ended);
    return ended;
  }

  /** What a test that ran out of its time has left running would hold the lock of the state. */
  private async endRuns(): Promise<void> {
    for (const [child, ended] of this.underWay) {
      child.kill('SIGINT');
      await ended;
    }
  }

  private start(
    name: string,
    args: readonly string[],
    cwd: string,
    environment: NodeJS.ProcessEnv = {},
  ): ChildProcess {
    const env = { ...process.env, ...this.provider.environment, TF_IN_AUTOMATION: '1', ...environment };
    return spawn(name, args, { cwd, env });
  }

  /** Says where. */
  private keep(what: string, output: string): string {
    const folder = join(REPORT, this.stack);
    mkdirSync(folder, { recursive: true });
    const number = String(++this.runs).padStart(3, '0');
    const title = `${number} ${this.scenario} ${what}`.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 120);
    const log = join(folder, `${title}.log`);
    writeFileSync(log, output);
    return log;
  }

  /** The file in which Terraform keeps its state. */
  private get stateFile(): string {
    return join(this.directory, 'terraform.tfstate');
  }

  /** Leaves the state as Terraform does when it is killed while it writes: emptied, and nothing written yet. */
  public emptyState(): void {
    writeFileSync(this.stateFile, '');
  }

  /** Puts back the state before a killed apply where that was killed while it wrote, as the guide says; says whether it had to. */
  public restoreState(): boolean {
    if (isWhole(this.stateFile)) return false;
    copyFileSync(`${this.stateFile}.backup`, this.stateFile);
    return true;
  }

  /** Writes what Terraform is to apply. */
  public synthesize(build: (stack: TerraformStack) => void): void {
    const app = new App({ outdir: this.directory });
    const stack = new TerraformStack(app, this.stack);
    new DockerProvider(stack, 'docker');
    new LocalBackend(stack, { path: this.stateFile });
    build(stack);
    app.synth();
  }
}

function isWhole(stateFile: string): boolean {
  try {
    JSON.parse(readFileSync(stateFile, 'utf8'));
    return true;
  } catch {
    return false;
  }
}
