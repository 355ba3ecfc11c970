import { Construct } from '../docker/cdktf';
import type { Container, Volume } from '../docker/cdktf';
import { ConfigError } from '../errors';
import type { UwsgiApp as UwsgiAppModel } from '../topology/uwsgi-app';
import { appUrls } from '../topology/derive/published-urls';
import type { AppProps } from './app-props';
import { appBackend, createApp } from './app-resources';
import type { IApp } from './app';
import type { BackendConfig } from './backend';
import { checkProps } from './checked-props';
import { refuseForeignMounts } from './foreign';
import { freeId } from './free-id';
import { resourcesOf } from './provider-resources';
import type { ProviderResources } from './provider-resources';
import type { UwsgiProtocol } from './protocol';
import type { UwsgiOption, UwsgiPlugin } from './uwsgi-option';
import { modelOf } from './uwsgi-model';
import type { UwsgiProcessProps } from './uwsgi-process-props';
import type { UwsgiPythonProps } from './uwsgi-python-props';
import type { UwsgiAsyncProps } from './uwsgi-async-props';
import type { UwsgiTimeoutProps } from './uwsgi-timeout-props';
import type { UwsgiRecyclingProps } from './uwsgi-recycling-props';
import type { UwsgiCheaperProps } from './uwsgi-cheaper-props';
import type { UwsgiBufferProps } from './uwsgi-buffer-props';
import type { UwsgiLoggingProps } from './uwsgi-logging-props';
import type { UwsgiStatsProps } from './uwsgi-stats-props';
import type { UwsgiStaticProps } from './uwsgi-static-props';
import type { UwsgiHttpRouterProps } from './uwsgi-http-router-props';
import type { UwsgiBackgroundProps } from './uwsgi-background-props';
import type { UwsgiHookProps } from './uwsgi-hook-props';
import type { UwsgiOperationProps } from './uwsgi-operation-props';

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
