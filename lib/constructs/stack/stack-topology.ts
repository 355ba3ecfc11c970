import { TerraformStack } from '../../docker/cdktf';
import type { IConstruct } from '../../docker/cdktf';
import type { StagedContext } from '../../docker/image-resource';
import { ConfigError, shown } from '../../errors';
import type { Problem } from '../../errors';
import type { DataVolume } from '../../topology/data-volume';
import { PLAIN_HOST } from '../../topology/docker-host';
import type { DockerHost } from '../../topology/docker-host';
import type { Frontend } from '../../topology/frontend';
import type { ResourcePlan } from '../../topology/plan/stack-plan';
import type { StaticMount } from '../../topology/static-mount';
import type { App, Topology } from '../../topology/topology';
import type { Worker } from '../../topology/worker';
import { installSynthesis } from './synthesis';

/** Files and folders are named by ids, with words of ours beside them, and a file system takes 255 bytes: half of it is for ids. */
const LONGEST_ID = 128;

const SYMBOL = Symbol.for('cdktf-wsgi/topology');

/**
 * What the constructs of one stack have declared so far. Frontends are read when they are needed, since every `addX`
 * after construction counts; the model is made once for each revision.
 */
export class StackTopology {
  /** The topology of the stack around a construct; two copies of the library share it. */
  public static of(scope: IConstruct): StackTopology {
    const stack = TerraformStack.of(scope) as TerraformStack & { [SYMBOL]?: StackTopology };
    const present = stack[SYMBOL];
    if (present !== undefined) return present;
    const made = new StackTopology(stack.node.id);
    Object.defineProperty(stack, SYMBOL, { value: made });
    installSynthesis(stack, made, (other) => StackTopology.find(other));
    return made;
  }

  /** The topology of a stack, if any construct of ours is in it. */
  public static find(stack: TerraformStack): StackTopology | undefined {
    return (stack as TerraformStack & { [SYMBOL]?: StackTopology })[SYMBOL];
  }

  private readonly apps: App[] = [];
  private readonly workers: Worker[] = [];
  private readonly staticMounts: StaticMount[] = [];
  private readonly dataVolumes: DataVolume[] = [];
  private readonly frontends: (() => Frontend)[] = [];
  private readonly ids = new Map<string, string>();
  private readonly contexts: StagedContext[] = [];
  private readonly plans = new Map<string, { readonly topology: Topology; readonly plan: ResourcePlan }>();
  private declaredHost: DockerHost | undefined;
  private revision = 0;
  private made: (Reading & { readonly revision: number }) | undefined;
  private mistakes: Problem[] | undefined;

  private constructor(private readonly stack: string) {}

  /**
   * Says what the engine is.
   *
   * @throws ConfigError when that was said before, or when something was planned for a plain one already.
   */
  public setHost(host: DockerHost): void {
    if (this.declaredHost !== undefined) {
      throw new ConfigError({ what: 'this stack has two hosts', fix: 'leave one DockerHost out' });
    }
    const first = [...this.ids.values()][0];
    if (first !== undefined) {
      throw new ConfigError({
        what: `the host is declared after ${first}, which was planned for a plain one`,
        fix: 'make the DockerHost before anything else of this library in the stack',
      });
    }
    this.declaredHost = host;
  }

  /** What the engine is. */
  public host(): DockerHost {
    return this.declaredHost ?? PLAIN_HOST;
  }

  public addApp(app: App): void {
    this.apps.push(app);
    this.changed();
  }

  /** The application that a construct has declared in this stack, if it has. */
  public appOf(construct: string): App | undefined {
    return this.apps.find((app) => app.construct === construct);
  }

  public addWorker(worker: Worker): void {
    this.workers.push(worker);
    this.changed();
  }

  public addStaticMount(mount: StaticMount): void {
    this.staticMounts.push(mount);
    this.changed();
  }

  public addDataVolume(volume: DataVolume): void {
    this.dataVolumes.push(volume);
    this.changed();
  }

  public addFrontend(read: () => Frontend): void {
    this.frontends.push(read);
    this.changed();
  }

  /** Adds build contexts that are written beside `cdk.tf.json`. */
  public stage(contexts: readonly StagedContext[]): void {
    this.contexts.push(...contexts);
  }

  /** The build contexts to write. */
  public staged(): readonly StagedContext[] {
    return this.contexts;
  }

  /** Says that something was added: the next reader gets a new model. */
  public changed(): void {
    this.revision++;
  }

  /** The model as it stands. */
  public topology(): Topology {
    return this.reading().topology;
  }

  /** Mistakes met while that was read. */
  public problems(): readonly Problem[] {
    return this.reading().problems;
  }

  /**
   * The result of reading a part of the model; a mistake in it becomes one of the reading's problems, and `otherwise` stands in its
   * place, so that all mistakes are told at once.
   */
  public collect<T>(construct: string, read: () => T, otherwise: T): T {
    try {
      return read();
    } catch (error) {
      const problems = error instanceof ConfigError ? error.problems : [unreadable(error)];
      this.mistakes?.push(...problems.map((problem) => ({ construct, ...problem })));
      return otherwise;
    }
  }

  /** What a frontend asks the engine for, made once for each revision. */
  public planOf(id: string, make: (topology: Topology) => ResourcePlan): ResourcePlan {
    const topology = this.topology();
    const kept = this.plans.get(id);
    if (kept?.topology === topology) return kept.plan;
    const plan = make(topology);
    this.plans.set(id, { topology, plan });
    return plan;
  }

  /**
   * Name of a construct within its stack, such as `team-shop` for `Site/team/shop`.
   *
   * @throws ConfigError when another construct has the same one, and for one that is too long for a file's name.
   */
  public idOf(construct: IConstruct): string {
    const stack = TerraformStack.of(construct);
    const id = construct.node.path.slice(stack.node.path.length + 1).replace(/[^A-Za-z0-9_-]+/g, '-');
    if (id.length > LONGEST_ID) {
      throw new ConfigError({
        what: `${shown(id)} has ${String(id.length)} letters: the id of a construct, with those of the constructs around it below the stack, has at most ${String(LONGEST_ID)}`,
        fix: 'give it, or one around it, a shorter id',
        construct: construct.node.path,
      });
    }
    const other = this.ids.get(id);
    if (other !== undefined) {
      throw new ConfigError({
        what: `${construct.node.path} and ${other} would both be called ${id}`,
        fix: 'give one of them another id',
        construct: construct.node.path,
      });
    }
    this.ids.set(id, construct.node.path);
    return id;
  }

  private reading(): Reading {
    if (this.made?.revision !== this.revision) this.made = { revision: this.revision, ...this.read() };
    return this.made;
  }

  /** The mistakes of this reading and of no other: somebody who reads a part by itself has them told already. */
  private read(): Reading {
    const problems: Problem[] = [];
    this.mistakes = problems;
    const topology = {
      stack: this.stack,
      host: this.host(),
      apps: [...this.apps],
      workers: [...this.workers],
      frontends: this.frontends.map((read) => read()),
      staticMounts: [...this.staticMounts],
      dataVolumes: [...this.dataVolumes],
    };
    this.mistakes = undefined;
    return { topology, problems };
  }
}

/** A model, and what could not be read of it. */
interface Reading {
  readonly topology: Topology;
  readonly problems: readonly Problem[];
}

function unreadable(error: unknown): Problem {
  return {
    what: `the backend could not be read: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'mend its bindBackend()',
  };
}
