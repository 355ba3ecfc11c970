import { Construct } from '../../docker/cdktf';
import type { Container, Volume } from '../../docker/cdktf';
import { ConfigError } from '../../errors';
import type { UwsgiApp as UwsgiAppModel } from '../../topology/uwsgi-app';
import { appUrls } from '../../topology/derive/published-urls';
import type { AppProps } from '../app/app-props';
import { appBackend, createApp } from '../app/app-resources';
import type { IApp } from '../app/app';
import type { BackendConfig } from '../backend/backend';
import { checkProps } from '../checked/props';
import { refuseForeignMounts } from '../checked/foreign';
import { freeId } from '../checked/free-id';
import { resourcesOf } from '../container/provider-resources';
import type { ProviderResources } from '../container/provider-resources';
import type { UwsgiProtocol } from '../app/protocol';
import type { UwsgiOption, UwsgiPlugin } from './option';
import { modelOf } from './model';
import type { UwsgiProcessProps } from './process-props';
import type { UwsgiPythonProps } from './python-props';
import type { UwsgiAsyncProps } from './async-props';
import type { UwsgiTimeoutProps } from './timeout-props';
import type { UwsgiRecyclingProps } from './recycling-props';
import type { UwsgiCheaperProps } from './cheaper-props';
import type { UwsgiBufferProps } from './buffer-props';
import type { UwsgiLoggingProps } from './logging-props';
import type { UwsgiStatsProps } from './stats-props';
import type { UwsgiStaticProps } from './static-props';
import type { UwsgiHttpRouterProps } from './http-router-props';
import type { UwsgiBackgroundProps } from './background-props';
import type { UwsgiHookProps } from './hook-props';
import type { UwsgiOperationProps } from './operation-props';

/** Properties of a uWSGI application, named as uWSGI names its options. */
export interface UwsgiAppProps
  extends
    AppProps,
    UwsgiProcessProps,
    UwsgiPythonProps,
    UwsgiAsyncProps,
    UwsgiTimeoutProps,
    UwsgiRecyclingProps,
    UwsgiCheaperProps,
    UwsgiBufferProps,
    UwsgiLoggingProps,
    UwsgiStatsProps,
    UwsgiStaticProps,
    UwsgiHttpRouterProps,
    UwsgiBackgroundProps,
    UwsgiHookProps,
    UwsgiOperationProps {
  /**
   * Release of uWSGI in the image; decides which options exist.
   *
   * @default '2.0.30', which AppImage.python installs
   */
  readonly serverVersion?: string;
  /**
   * How the Python plugin comes.
   *
   * @default UwsgiPlugin.embedded(), as PyPI builds it
   */
  readonly plugin?: UwsgiPlugin;
  /**
   * What uWSGI speaks to nginx.
   *
   * @default UwsgiProtocol.UWSGI
   */
  readonly protocol?: UwsgiProtocol;
  /**
   * Options without a prop of their own, checked against the option table, in order.
   *
   * @default - none
   */
  readonly options?: UwsgiOption[];
}

/** A Python application in uWSGI: its container, socket volume and rendered `uwsgi.ini`. */
export class UwsgiApp extends Construct implements IApp {
  /** The application's containers, one a replica. */
  public readonly containers: Container[];
  /** The volume that holds its sockets, when it has any. */
  public readonly socketVolume?: Volume;
  private readonly model: UwsgiAppModel;

  /**
   * @param scope The stack, or a construct in it.
   * @param id Name of the application within its scope.
   * @param props What runs, and how.
   * @throws ConfigError for a value that uWSGI, Docker or the socket edge cannot take.
   */
  public constructor(scope: Construct, id: string, props: UwsgiAppProps) {
    super(scope, freeId(scope, id));
    ConfigError.at(this.node.path, () => {
      checkProps('UwsgiAppProps', props);
    });
    refuseForeignMounts(this, props.mounts);
    this.model = ConfigError.at(this.node.path, () => modelOf(this, props));
    const { containers, socketVolume } = createApp(this, this.model, props.provider);
    this.containers = containers;
    if (socketVolume !== undefined) this.socketVolume = socketVolume;
  }

  /** Every provider resource of it, by name. */
  public get resources(): ProviderResources {
    return resourcesOf(this, this.model.id);
  }

  /** Where the world reaches it without nginx; empty for an application without listeners. */
  public get urls(): string[] {
    return appUrls(this.model);
  }

  /** Describes the application to a frontend. */
  public bindBackend(): BackendConfig {
    return appBackend(this.model);
  }
}
