import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import type { TableFile } from './table-file';
import { tableHead } from './table-file';

const FOLDERS = ['lib/constructs', 'lib/values'];
const TABLE = 'lib/constructs/checked/prop-table.ts';

/** What constructs are given at once. Options of factories are left out: the table names the classes that have them. */
const STRUCTS = [
  'DataVolumeProps',
  'DockerHostProps',
  'GunicornAppProps',
  'NginxFrontendProps',
  'NginxServerProps',
  'StaticMountProps',
  'UpstreamProps',
  'UsernsRemap',
  'UwsgiAppProps',
  'WorkerProps',
];

type Named = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.EnumDeclaration;

/** The table of `constructs/checked/props.ts`: which props there are, and what each of them takes, as the interfaces say. */
export function propTable(): TableFile {
  const { declared, fileOf } = declarations();
  const structs = STRUCTS.map((name) => [name, membersOf(name, declared)] as const);
  const kinds = new Set(structs.flatMap(([, members]) => Object.values(members).map(bare)));
  const values = [...kinds].filter((kind) => isValue(declared.get(kind))).sort();
  const files = [...new Set(values.map((name) => fileOf.get(name) ?? ''))];
  const imports = files.map((file) => {
    const names = values.filter((name) => fileOf.get(name) === file);
    return `import { ${names.join(', ')} } from '${file}';`;
  });
  const text = [
    tableHead('the interfaces of props in lib/constructs'),
    ...imports,
    '',
    '/** Classes and enums that props take. */',
    `export const KINDS: Readonly<Record<string, object>> = { ${values.join(', ')} };`,
    '',
    '/** What each prop takes: `[]` is a list, `{}` a record by name, and `!` says that it has to be there. */',
    'export const STRUCTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
    ...structs.map(([name, members]) => `  ${name}: ${JSON.stringify(members, undefined, 4)},`),
    '};',
    '',
  ];
  return { path: TABLE, text: text.join('\n') };
}

function declarations(): { declared: Map<string, Named>; fileOf: Map<string, string> } {
  const declared = new Map<string, Named>();
  const fileOf = new Map<string, string>();
  for (const folder of FOLDERS) {
    for (const path of sources(folder)) {
      const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
      const from = relative(dirname(TABLE), path).replace(/\.ts$/, '');
      for (const node of source.statements.filter(isNamed)) {
        const name = node.name?.text ?? '';
        if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
        declared.set(name, node);
        fileOf.set(name, from.startsWith('.') ? from : `./${from}`);
      }
    }
  }
  return { declared, fileOf };
}

function sources(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return files.map((file) => join(folder, file)).filter((path) => path.endsWith('.ts') && path !== TABLE);
}

function isNamed(node: ts.Statement): node is Named {
  return ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node);
}

/** Members of an interface, with those of the interfaces that it extends, by name. */
function membersOf(name: string, declared: ReadonlyMap<string, Named>): Record<string, string> {
  const node = declared.get(name);
  if (node === undefined || !ts.isInterfaceDeclaration(node)) throw new Error(`no interface ${name}`);
  const inherited = (node.heritageClauses ?? [])
    .flatMap(({ types }) => types.map(({ expression }) => (expression as ts.Identifier).text))
    .map((base) => membersOf(base, declared));
  const own = node.members.filter(ts.isPropertySignature).map((member) => {
    const kind = kindOf(member.type, declared);
    return [(member.name as ts.Identifier).text, member.questionToken === undefined ? `${kind}!` : kind];
  });
  const all = Object.assign({}, ...inherited, Object.fromEntries(own)) as Record<string, string>;
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function kindOf(type: ts.TypeNode | undefined, declared: ReadonlyMap<string, Named>): string {
  if (type === undefined) return 'unknown';
  if (ts.isArrayTypeNode(type)) return `${kindOf(type.elementType, declared)}[]`;
  if (type.kind === ts.SyntaxKind.StringKeyword) return 'string';
  if (type.kind === ts.SyntaxKind.NumberKeyword) return 'number';
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return 'boolean';
  if (!ts.isTypeReferenceNode(type)) return 'unknown';
  const name = (type.typeName as ts.Identifier).text;
  if (name === 'Record') return `${kindOf(type.typeArguments?.[1], declared)}{}`;
  return STRUCTS.includes(name) || isValue(declared.get(name)) ? name : 'unknown';
}

function isValue(node: Named | undefined): boolean {
  return node !== undefined && !ts.isInterfaceDeclaration(node);
}

function bare(kind: string): string {
  return kind.replace(/[[\]{}!]/g, '');
}
