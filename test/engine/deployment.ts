import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { startProvider } from './provider/server';
import type { RunningProvider } from './provider/server';

/** What a run of Terraform ended with. */
export interface Run {
  readonly code: number;
  readonly output: string;
}

/** One stack on an engine, applied as often as a test changes it. */
export class Deployment {
  /** A deployment whose state and outputs lie below a directory. */
  public static async start(directory: string, stack: string): Promise<Deployment> {
    const folder = join(directory, 'stacks', stack);
    mkdirSync(folder, { recursive: true });
    return new Deployment(directory, stack, folder, await startProvider(process.env['DOCKER_HOST'], folder));
  }

  private runs = 0;

  private constructor(
    private readonly directory: string,
    private readonly stack: string,
    /** Where Terraform runs: the synthesized stack. */
    public readonly folder: string,
    private readonly provider: RunningProvider,
  ) {}

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
      return await this.terraform('destroy', '-auto-approve', '-input=false');
    } finally {
      this.provider.stop();
    }
  }

  /** Runs Terraform on the stack; its output is kept beside it for whoever debugs a failure. */
  public terraform(...args: string[]): Promise<Run> {
    const env = {
      ...process.env,
      ...this.provider.environment,
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      TF_IN_AUTOMATION: '1',
    };
    return new Promise((done, fail) => {
      const child = spawn('terraform', [...args, '-no-color'], { cwd: this.folder, env });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      }
      child.on('error', fail);
      child.on('exit', (code) => {
        this.runs++;
        writeFileSync(join(this.folder, `${String(this.runs)}-${args[0] ?? ''}.log`), output);
        done({ code: code ?? 1, output });
      });
    });
  }

  private synthesize(build: (stack: TerraformStack) => void): void {
    const app = new App({ outdir: this.directory });
    const stack = new TerraformStack(app, this.stack);
    new DockerProvider(stack, 'docker');
    new LocalBackend(stack, { path: join(this.directory, 'terraform.tfstate') });
    build(stack);
    app.synth();
  }
}
