import { ConfigError } from '../../errors';
import type { WorkersAsked } from '../../topology/derive/gunicorn-sizing';
import { wholeNumber } from '../checked/values';
import { refuseTokens } from '../checked/tokens';
import { workerClassName } from './worker-class-name';

/** Kind of gunicorn's workers. */
export class WorkerClass {
  /** One request at a time, each in a process. */
  public static readonly SYNC = new WorkerClass('sync');
  /** Threads in each process. */
  public static readonly GTHREAD = new WorkerClass('gthread');
  /** Greenlets of gevent; the image needs gevent. */
  public static readonly GEVENT = new WorkerClass('gevent');
  /** Tornado's loop; the image needs tornado. */
  public static readonly TORNADO = new WorkerClass('tornado');
  /** uvicorn's ASGI workers, of the package uvicorn-worker, which the image needs. */
  public static readonly UVICORN = new WorkerClass('uvicorn_worker.UvicornWorker');
  /** gunicorn's own ASGI workers, from 24.0. */
  public static readonly ASGI = new WorkerClass('asgi');

  /**
   * A class of your own or of another package. Its workers are counted as those of SYNC; `timeout` is taken for a heartbeat, so that
   * nginx waits 60 s for an answer: say how long its requests may take with `readTimeout` of `addBackend`.
   *
   * @param dottedName Such as `uvicorn.workers.UvicornWorker`; one of gunicorn's own classes is taken for its member here.
   * @throws ConfigError for a name by which gunicorn would find no class.
   */
  public static custom(dottedName: string): WorkerClass {
    return new WorkerClass(workerClassName(dottedName));
  }

  /** What gunicorn calls it. */
  public readonly settingValue: string;

  private constructor(settingValue: string) {
    this.settingValue = settingValue;
  }
}

/** How many workers gunicorn starts. */
export class WorkerCount {
  /** @param count A whole number from 1. */
  public static of(count: number): WorkerCount {
    refuseTokens({ workers: count }, []);
    return new WorkerCount(count);
  }

  /**
   * Workers for the declared cpus, as far as the declared memory holds them: never the host's, which a container sees whatever its
   * quota is.
   *
   * @param perCpu Workers for each cpu.
   * @param extra Added to them.
   * @throws ConfigError for a number that is none.
   */
  public static perCpu(perCpu: number, extra: number): WorkerCount {
    if (!(perCpu >= 0 && perCpu <= 64)) {
      throw new ConfigError({
        what: `WorkerCount.perCpu(${String(perCpu)}, …) is not a number of workers for each cpu`,
        fix: 'give a number from 0 to 64, such as 2',
      });
    }
    wholeNumber('extra', extra, 0);
    return new WorkerCount({ perCpu, extra });
  }

  /** @internal */
  public readonly _model: WorkersAsked;

  private constructor(model: WorkersAsked) {
    this._model = model;
  }
}
