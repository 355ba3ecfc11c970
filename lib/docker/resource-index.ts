import { ConfigError } from '../errors';
import type { Container, Image, Network, Volume } from './cdktf';
import { TerraformStack } from './cdktf';
import type { IConstruct } from './cdktf';

const SYMBOL = Symbol.for('cdktf-wsgi/resources');

/** The provider resources of a stack by the keys of their plans, so that one construct's plan can name another's. */
export class ResourceIndex {
  /** The index of the stack around a construct; two copies of the library share it. */
  public static of(scope: IConstruct): ResourceIndex {
    const stack = TerraformStack.of(scope) as TerraformStack & { [SYMBOL]?: ResourceIndex };
    if (stack[SYMBOL] === undefined) Object.defineProperty(stack, SYMBOL, { value: new ResourceIndex() });
    return stack[SYMBOL] ?? new ResourceIndex();
  }

  private readonly resources = new Map<string, Container | Image | Network | Volume>();

  /** Adds a resource; `kind` keeps the four apart. */
  public add(kind: ResourceKind, key: string, resource: Container | Image | Network | Volume): void {
    this.resources.set(`${kind} ${key}`, resource);
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

export type ResourceKind = 'container' | 'image' | 'network' | 'volume';
