import type { Duration } from '../../values/duration';
import type { Size } from '../../values/size';
import { bytesWithin, choice, seconds, text } from './rows';
import type { Rows } from './rows';

/** Event loop of ASGI workers. */
export enum GunicornAsgiLoop {
  /** uvloop where the image has it, else Python's own. */
  AUTO = 'auto',
  /** Python's own. */
  ASYNCIO = 'asyncio',
  /** The image needs `uvloop`. */
  UVLOOP = 'uvloop',
}

/** Whether the application is told of its start and its end. */
export enum GunicornAsgiLifespan {
  /** Where it answers to that. */
  AUTO = 'auto',
  /** Always; where it does not answer, the worker does not start. */
  ON = 'on',
  /** Never. */
  OFF = 'off',
}

/** What only gunicorn's own ASGI workers read: `WorkerClass.ASGI`, from gunicorn 24.0. */
export interface GunicornAsgiProps {
  /**
   * Event loop.
   *
   * @default GunicornAsgiLoop.AUTO (gunicorn)
   */
  readonly asgiLoop?: GunicornAsgiLoop;
  /**
   * Whether the application is told of its start and its end.
   *
   * @default GunicornAsgiLifespan.AUTO (gunicorn)
   */
  readonly asgiLifespan?: GunicornAsgiLifespan;
  /**
   * Time that the application gets when its client goes away; from gunicorn 25.0.2.
   *
   * @default Duration.seconds(3) (gunicorn)
   */
  readonly asgiDisconnectGracePeriod?: Duration;
  /**
   * Path below which the application is mounted, `root_path` of its scope.
   *
   * @default - nothing (gunicorn)
   */
  readonly rootPath?: string;
  /**
   * Largest message of a WebSocket; from gunicorn 27.0.
   *
   * @default Size.mebibytes(16) (gunicorn)
   */
  readonly websocketMaxMessageSize?: Size;
}

export const ASGI_ROWS: Rows<GunicornAsgiProps> = {
  asgiLoop: choice,
  asgiLifespan: choice,
  asgiDisconnectGracePeriod: seconds,
  rootPath: text,
  websocketMaxMessageSize: bytesWithin(0),
};
