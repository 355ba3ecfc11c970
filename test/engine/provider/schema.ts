import { readFileSync } from 'node:fs';
import { FACTS } from './facts';

/** A type of Terraform's, as it writes it: `"string"`, `["list","string"]`. */
type Type = string | readonly [string, unknown];

interface Attribute {
  readonly name: string;
  readonly type: Type;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
}

/** A block of a schema: its attributes, and the blocks nested in it. */
export interface Block {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly {
    readonly name: string;
    readonly nesting: 'single' | 'list' | 'set';
    readonly block: Block;
  }[];
}

/** Where each resource's bindings lie in the provider's package. */
const FOLDERS: Readonly<Record<string, string>> = {
  docker_container: 'container',
  docker_image: 'image',
  docker_network: 'network',
  docker_volume: 'volume',
};

/** The schema of a resource, read from the installed bindings: what they write is what Terraform is told to expect. */
export function schemaOf(type: string): Block {
  return parse(FOLDERS[type] ?? '', type);
}

/** The schema of the provider's own block. */
export function providerSchema(): Block {
  return parse('provider', undefined);
}

interface Row {
  readonly name: string;
  readonly isBlock: boolean;
  readonly kind: string;
  readonly storage: string;
}

function parse(folder: string, type: string | undefined): Block {
  const root = require.resolve(`@cdktf/provider-docker/lib/${folder}`);
  const code = readFileSync(root, 'utf8');
  const declared = readFileSync(root.replace(/\.js$/, '.d.ts'), 'utf8');
  const facts = type === undefined ? undefined : FACTS[type];
  const top = block(rowsAt(code, 'synthesizeHclAttributes()'), code, declared, 'Config');
  const computed = new Set(facts?.computed ?? []);
  const known = new Set([...top.attributes, ...top.blocks].map(({ name }) => name));
  return {
    blocks: top.blocks,
    attributes: [
      ...top.attributes
        .filter(({ name }) => type !== undefined || name !== 'alias')
        .map((attribute) => ({ ...attribute, computed: computed.has(attribute.name) })),
      ...computedOnly(code, known, computed),
    ],
  };
}

function block(rows: readonly Row[], code: string, declared: string, struct: string): Block {
  const isRequired = (name: string): boolean => {
    const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const body =
      new RegExp(`interface \\w*${struct}(?: extends [^{]*)? \\{([\\s\\S]*?)\\n\\}`).exec(declared)?.[1] ??
      '';
    return new RegExp(`readonly ${camel}:`).test(body);
  };
  return {
    attributes: rows
      .filter((row) => !row.isBlock)
      .map(({ name, kind, storage }) => {
        const required = isRequired(name);
        return {
          name,
          type: typeOf(kind, storage),
          required,
          optional: !required,
          computed: struct.endsWith('Ports') && name === 'external',
        };
      }),
    blocks: rows
      .filter((row) => row.isBlock)
      .map(({ name, kind, storage }) => {
        const inner = storage.replace(/List$/, '');
        const rest = rowsAt(
          code,
          `function ${inner.charAt(0).toLowerCase()}${inner.slice(1)}ToHclTerraform(`,
        );
        return {
          name,
          nesting: nestingOf(kind),
          block: block(rest, code, declared, inner),
        };
      }),
  };
}

function nestingOf(kind: string): 'single' | 'list' | 'set' {
  if (kind === 'struct') return 'single';
  return kind === 'set' ? 'set' : 'list';
}

function rowsAt(code: string, start: string): Row[] {
  const from = code.indexOf(start);
  if (from < 0) throw new Error(`the bindings have no ${start}`);
  const body = code.slice(from, code.indexOf('// remove undefined attributes', from));
  const row =
    /^ {8,16}(\w+): \{\s*value: [^\n]*\n\s*isBlock: (true|false),\s*type: "(\w+)",\s*storageClassType: "(\w+)"/gm;
  return [...body.matchAll(row)].map(([, name = '', isBlock, kind = '', storage = '']) => ({
    name,
    isBlock: isBlock === 'true',
    kind,
    storage,
  }));
}

function typeOf(kind: string, storage: string): Type {
  const element = storage.replace(/(?:List|Map)$/, '');
  const simple = { string: 'string', number: 'number', boolean: 'bool' }[element] ?? 'string';
  if (kind === 'simple') return simple;
  return [kind, simple];
}

/** What only the provider sets: the bindings have a getter, and nothing that writes it. */
function computedOnly(code: string, known: ReadonlySet<string>, computed: ReadonlySet<string>): Attribute[] {
  const nested: Readonly<Record<string, Type>> = {
    exit_code: 'number',
    network_data: [
      'list',
      [
        'object',
        {
          gateway: 'string',
          global_ipv6_address: 'string',
          global_ipv6_prefix_length: 'number',
          ip_address: 'string',
          ip_prefix_length: 'number',
          ipv6_gateway: 'string',
          mac_address: 'string',
          network_name: 'string',
        },
      ],
    ],
  };
  return [...computed]
    .filter((name) => !known.has(name) && new RegExp(`get\\w*Attribute\\('${name}'\\)|"${name}"`).test(code))
    .map((name) => ({
      name,
      type: nested[name] ?? 'string',
      required: false,
      optional: false,
      computed: true,
    }));
}

/** A schema as the wire has it. */
export function wireSchema(schema: Block): object {
  return { version: 0, block: wireBlock(schema) };
}

function wireBlock({ attributes, blocks }: Block): object {
  return {
    version: 0,
    attributes: attributes.map(({ name, type, required, optional, computed }) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      required,
      optional,
      computed,
    })),
    block_types: blocks.map(({ name, nesting, block: inner }) => ({
      type_name: name,
      block: wireBlock(inner),
      nesting: { single: 1, list: 2, set: 3 }[nesting],
    })),
  };
}
