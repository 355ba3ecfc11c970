import { Construct } from '../../docker/cdktf';
import type { Container, TerraformProvider } from '../../docker/cdktf';
import { ResourceIndex } from '../../docker/resource-index';
import { ConfigError, shown } from '../../errors';
import { workerPlan } from '../../topology/plan/worker-plan';
import type { App } from '../../topology/topology';
import type { Worker as WorkerModel } from '../../topology/worker';
import { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import { wholeNumber, wholeSeconds } from '../checked/values';
import { checkedSignal } from '../checked/signal';
import { checkedCommand } from '../checked/command';
import { beatOf } from '../checked/scheduler';
import { limits } from '../checked/container';
import { checkProps } from '../checked/props';
import { environment } from '../checked/environment';
import type { IApp } from './app';
import { freeId } from '../checked/free-id';
import { addOutputs } from '../container/outputs';
import { createPlanned } from '../container/planned-resources';
import { resourcesOf } from '../container/provider-resources';
import type { ProviderResources } from '../container/provider-resources';
import { StackTopology } from '../stack/stack-topology';
import { refuseTokens } from '../checked/tokens';

/** Properties of a worker. */
export interface WorkerProps {
  /** The application whose image, user, environment, files, mounts and networks it has. */
  readonly like: IApp;
  /** The program and its arguments, such as `['celery', '-A', 'shop', 'worker']`; no shell reads them. */
  readonly command: string[];
  /**
   * Containers that run side by side.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Whether there may never be two at once, as for celery's beat or another scheduler: the old one has ended before the new one
   * starts, and an apply that fails in between leaves none. Otherwise the new one starts first; `celery beat` and `celery worker -B`
   * are refused without it.
   *
   * @default false
   */
  readonly alone?: boolean;
  /**
   * Environment variables besides the application's, or instead of them; Terraform tokens are carried through.
   *
   * @default - the application's
   */
  readonly environment?: Record<string, string>;
  /**
   * Cpus that each container may use.
   *
   * @default - as many as the application's
   */
  readonly cpus?: number;
  /**
   * Memory that each container may use, swap included.
   *
   * @default - as much as the application's
   */
  readonly memory?: Size;
  /**
   * Signal that makes it finish what it has begun and end.
   *
   * @default 'SIGTERM', on which celery and RQ take no more work
   */
  readonly stopSignal?: string;
  /**
   * Time that it gets for that; SIGKILL follows.
   *
   * @default Duration.seconds(30)
   */
  readonly stopGrace?: Duration;
  /**
   * Docker provider of its containers; the one that the application has, when that has one of its own.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** A process beside an application, out of the same image: a task queue's worker, a scheduler. It starts after the release task. */
export class Worker extends Construct {
  /** Its containers. */
  public readonly containers: Container[];
  private readonly id: string;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the worker within its scope.
   * @param props What runs, and like which application.
   * @throws ConfigError for an application of another stack, for a value that a container cannot take, and for a scheduler that is not
   * alone.
   */
  public constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, freeId(scope, id));
    const declared = StackTopology.of(this);
    const { worker, app } = ConfigError.at(this.node.path, () => modelOf(this, declared, props));
    this.id = worker.id;
    declared.addWorker(worker);
    ConfigError.at(this.node.path, () => createPlanned(this, workerPlan(worker, app), props.provider));
    const index = ResourceIndex.of(this);
    this.containers = Array.from({ length: worker.replicas }, (_, slot) =>
      index.container(`${worker.id}-${String(slot)}`),
    );
    addOutputs(this, worker.id, { containers: this.containers });
  }

  /** Every provider resource of it, by name. */
  public get resources(): ProviderResources {
    return resourcesOf(this, this.id);
  }
}

function modelOf(construct: Worker, declared: StackTopology, props: WorkerProps) {
  checkProps('WorkerProps', props);
  const { like, ...rest } = props;
  refuseTokens(rest, ['environment', 'provider']);
  const app = applicationOf(declared, like);
  const replicas = wholeNumber('replicas', props.replicas ?? 1);
  const command = checkedCommand('command', props.command);
  checkAlone(props, command, replicas);
  const worker: WorkerModel = {
    id: declared.idOf(construct),
    construct: construct.node.path,
    app: app.id,
    command,
    replicas,
    alone: props.alone ?? false,
    environment: environment(props.environment ?? {}),
    ...limits(props),
    stopSignal: catchable(checkedSignal('stopSignal', props.stopSignal ?? 'SIGTERM')),
    stopGraceSeconds: wholeSeconds('stopGrace', props.stopGrace ?? Duration.seconds(30)),
  };
  return { worker, app };
}

/** A new container of a worker starts before the old one ends: two schedulers would send every task twice. */
function checkAlone({ alone = false }: WorkerProps, command: readonly string[], replicas: number): void {
  if (alone && replicas > 1) {
    throw new ConfigError({
      what: `alone with replicas ${String(replicas)}: one alone is not several`,
      fix: 'leave one of the two out',
    });
  }
  const beat = alone ? undefined : beatOf(command);
  if (beat === undefined) return;
  const when = replicas > 1 ? `with replicas ${String(replicas)} always` : 'at every rollout for a while';
  throw new ConfigError({
    what: `command ${shown(command)}: ${beat} is a scheduler, and ${when} two of them would run, and send every task twice`,
    fix: `give alone: true${replicas > 1 ? ' and replicas 1' : ''}; for workers beside it, another Worker without beat`,
  });
}

/** What no process can catch is no request to finish. */
function catchable(signal: string): string {
  if (signal !== 'SIGKILL' && signal !== 'SIGSTOP') return signal;
  throw new ConfigError({
    what: `stopSignal "${signal}": no program can catch it, and what it has begun would be lost at every stop`,
    fix: "leave it out for 'SIGTERM', or give the signal on which the program finishes; SIGKILL follows after stopGrace",
  });
}

function applicationOf(declared: StackTopology, like: IApp): App {
  const path = (like as IApp & Partial<Construct>).node?.path ?? '';
  const app = declared.appOf(path);
  if (app === undefined) {
    throw new ConfigError({
      what: `like is ${path === '' ? 'no construct' : path}, which is no application of this stack`,
      fix: 'give a UwsgiApp or a GunicornApp that was made before, in the same stack',
    });
  }
  return app;
}
