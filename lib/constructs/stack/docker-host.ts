import { Construct } from '../../docker/cdktf';
import { ConfigError, named, shown } from '../../errors';
import { isAtLeast } from '../../server-version';
import { PLAIN_HOST } from '../../topology/docker-host';
import type { DockerHost as DockerHostModel } from '../../topology/docker-host';
import { checkProps } from '../checked/props';
import { wholeNumber } from '../checked/values';
import { freeId } from '../checked/free-id';
import type { Logging } from '../container/logging';
import { StackTopology } from './stack-topology';
import { refuseTokens } from '../checked/tokens';

/** Where a remapped user namespace begins: the line of `dockremap` in `/etc/subuid` and `/etc/subgid`. */
export interface UsernsRemap {
  /** Host uid of a container's root, such as `165536`. */
  readonly firstUid: number;
  /**
   * Host gid of a container's root.
   *
   * @default - the same as `firstUid`
   */
  readonly firstGid?: number;
}

/** How an engine differs from a plain one that runs as root. */
export interface DockerHostProps {
  /**
   * Release of the engine, as `docker version` tells it. From 25.0 on, a new container is probed every second until its first
   * success, whatever the interval of its health check is: a rollout takes that much less time.
   *
   * @default '20.10', the oldest that the library was measured on; a newer engine is fine with it
   */
  readonly engineVersion?: string;
  /**
   * Set when the engine runs with `userns-remap`: the volumes that hold sockets belong to ids of the host then.
   *
   * @default - the engine remaps no ids
   */
  readonly usernsRemap?: UsernsRemap;
  /**
   * MCS level of every container, for an engine with `selinux-enabled`: it gives each container a level of its own otherwise,
   * and nginx is refused at the socket of its application.
   *
   * @default - no label: the engine does not enforce SELinux
   */
  readonly selinuxLevel?: string;
  /**
   * Where the output of applications, nginx and gates goes unless they say otherwise; helpers keep theirs for the error message.
   *
   * @default Logging.jsonFile()
   */
  readonly logging?: Logging;
  /**
   * Whether the engine runs without root. Not supported: nothing was measured on one.
   *
   * @default false
   */
  readonly rootless?: boolean;
}

/** What kind of engine the containers of a stack run on. Declared before anything else of this library in the stack. */
export class DockerHost extends Construct {
  /**
   * @param scope The stack.
   * @param id Name of the host within its scope.
   * @param props How it differs from a plain engine.
   * @throws ConfigError for a host that is not supported, for a second one, and when it comes after what runs on it.
   */
  public constructor(scope: Construct, id: string, props: DockerHostProps = {}) {
    super(scope, freeId(scope, id));
    ConfigError.at(this.node.path, () => {
      checkProps('DockerHostProps', props);
      refuseTokens(props, []);
      StackTopology.of(this).setHost(hostModel(props));
    });
  }
}

function hostModel(props: DockerHostProps): DockerHostModel {
  if (props.rootless === true) {
    throw new ConfigError({
      what: 'rootless engines are not supported: nothing of this library was measured on one',
      fix: 'use an engine that runs as root; usernsRemap is supported',
    });
  }
  return {
    engineVersion: checkedVersion(props.engineVersion ?? PLAIN_HOST.engineVersion),
    ...(props.usernsRemap === undefined ? {} : { usernsRemap: checkedRemap(props.usernsRemap) }),
    ...(props.selinuxLevel === undefined ? {} : { selinuxLevel: checkedLevel(props.selinuxLevel) }),
    ...(props.logging === undefined ? {} : { logging: props.logging._model }),
  };
}

function checkedVersion(version: string): string {
  if (named('engineVersion', () => isAtLeast(version, PLAIN_HOST.engineVersion))) return version;
  throw new ConfigError({
    what: `engineVersion ${shown(version)} is older than ${PLAIN_HOST.engineVersion}, the oldest that is supported`,
    fix: 'update the engine',
  });
}

function checkedRemap({ firstUid, firstGid = firstUid }: UsernsRemap): DockerHostModel['usernsRemap'] {
  return {
    firstUid: wholeNumber('usernsRemap.firstUid', firstUid),
    firstGid: wholeNumber('usernsRemap.firstGid', firstGid),
  };
}

function checkedLevel(level: string): string {
  if (/^s\d+(?:-s\d+)?(?::c\d+(?:[.,]c\d+)*)?$/.test(level)) return level;
  throw new ConfigError({
    what: `selinuxLevel ${shown(level)} is not an MCS level`,
    fix: "give one such as 's0:c100,c200'",
  });
}
