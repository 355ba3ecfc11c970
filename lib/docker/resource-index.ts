import { ConfigError } from '../errors';
import type { Container, Image, Network, Volume } from './cdktf';
import { TerraformStack, dependable } from './cdktf';
import type { IConstruct, TerraformResource } from './cdktf';

const SYMBOL = Symbol.for('cdktf-wsgi/resources');

/** The provider resources of a stack by the keys of their plans, so that one construct's plan can name another's. */
export class ResourceIndex {
  /** The index of the stack around a construct; two copies of the library share it. */
  public static of(scope: IConstruct): ResourceIndex {
    const stack = TerraformStack.of(scope) as TerraformStack & { [SYMBOL]?: ResourceIndex };
    if (stack[SYMBOL] === undefined) Object.defineProperty(stack, SYMBOL, { value: new ResourceIndex() });
    return stack[SYMBOL] ?? new ResourceIndex();
  }

  private readonly resources = new Map<string, Resource>();
  private lastFromDockerfile: Image | undefined;
  private readonly references = new Map<string, string>();

  /**
   * Adds a resource; `kind` keeps them apart.
   *
   * @throws ConfigError when another one has its key: what refers to it would get the wrong one.
   */
  public add(kind: ResourceKind, key: string, resource: Resource): void {
    if (this.resources.has(`${kind} ${key}`)) {
      throw new ConfigError({
        what: `two parts of this stack would both be the ${kind} ${key}`,
        fix: 'give one of their constructs another id',
      });
    }
    this.resources.set(`${kind} ${key}`, resource);
  }

  /**
   * What an image of a user's Dockerfile is built after, and so removed before: the one before it. Two of them may share what the
   * builder keeps between an image and its base, and an engine that removes two such images at once may fail.
   */
  public builtAfter(image: Image): Image | undefined {
    const before = this.lastFromDockerfile;
    this.lastFromDockerfile = image;
    return before;
  }

  /** Containers that were made within a construct, by their keys. */
  public containersOf(construct: IConstruct): Map<string, Container> {
    return this.within('container', construct) as Map<string, Container>;
  }

  public imagesOf(construct: IConstruct): Map<string, Image> {
    return this.within('image', construct) as Map<string, Image>;
  }

  public networksOf(construct: IConstruct): Map<string, Network> {
    return this.within('network', construct) as Map<string, Network>;
  }

  public volumesOf(construct: IConstruct): Map<string, Volume> {
    return this.within('volume', construct) as Map<string, Volume>;
  }

  /** What fails an apply when a task has failed, by the keys of the tasks. */
  public resultsOf(construct: IConstruct): Map<string, TerraformResource> {
    return this.within('result', construct);
  }

  public container(key: string): Container {
    return this.find('container', key) as Container;
  }

  public image(key: string): Image {
    return this.find('image', key) as Image;
  }

  public network(key: string): Network {
    return this.find('network', key) as Network;
  }

  public volume(key: string): Volume {
    return this.find('volume', key) as Volume;
  }

  /** Reference to an image's id. */
  public imageId(key: string): string {
    return this.reference(`image ${key}`, () => this.image(key).imageId);
  }

  /** Reference to a volume: by its id, so that a volume that is replaced replaces its users. */
  public volumeId(key: string): string {
    return this.reference(`volume ${key}`, () => this.volume(key).id);
  }

  /** Reference to a network. */
  public networkId(key: string): string {
    return this.reference(`network ${key}`, () => this.network(key).id);
  }

  /** What is there when a container serves or, of a task, when it has succeeded. */
  public finished(key: string): TerraformResource {
    return this.resources.get(`result ${key}`) ?? this.container(key);
  }

  /** Reference to a container by its id. */
  public containerId(key: string): string {
    return this.reference(`container id ${key}`, () => this.container(key).id);
  }

  /** Reference to a container, whose replacement replaces another. */
  public dependency(key: string): string {
    return this.reference(`container ${key}`, () => dependable(this.container(key)));
  }

  /** Made once: each reference is a token, and cdktf takes a stack trace for every one of them. */
  private reference(name: string, make: () => string): string {
    const present = this.references.get(name);
    if (present !== undefined) return present;
    const made = make();
    this.references.set(name, made);
    return made;
  }

  private within(kind: ResourceKind, construct: IConstruct): Map<string, Resource> {
    const own = [...this.resources].filter(
      ([name, { node }]) => node.scope === construct && name.startsWith(`${kind} `),
    );
    return new Map(own.map(([name, resource]) => [name.slice(kind.length + 1), resource]));
  }

  private find(kind: ResourceKind, key: string): unknown {
    const found = this.resources.get(`${kind} ${key}`);
    if (found === undefined)
      throw new ConfigError({
        what: `no ${kind} ${key} exists in this stack`,
        fix: 'declare it before what uses it',
      });
    return found;
  }
}

export type ResourceKind = 'container' | 'image' | 'network' | 'volume' | 'result';

type Resource = Container | Image | Network | Volume | TerraformResource;
