import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { TableFile } from './table-file';
import { tableHead } from './table-file';

const FOLDERS = ['lib/constructs', 'lib/values'];
const TABLE = 'lib/constructs/checked/prop-table.ts';

/** What constructs, factories and methods are given by name. */
const STRUCTS = [
  'AccessControlOptions',
  'AccessLogOptions',
  'AllowMethodsOptions',
  'BandwidthOptions',
  'BasicAuthOptions',
  'CacheOptions',
  'ClientCacheOptions',
  'CompressionOptions',
  'ConnectionLimitOptions',
  'CorsOptions',
  'DataVolumeProps',
  'DockerHostProps',
  'DockerfileImageOptions',
  'ErrorPageOptions',
  'ErrorPagesOptions',
  'GunicornAppProps',
  'HealthCheckOptions',
  'HttpListenerOptions',
  'LocationOptions',
  'MaintenanceOptions',
  'MemberOptions',
  'MountOptions',
  'NginxFrontendProps',
  'NginxImageOptions',
  'NginxServerProps',
  'PassToOptions',
  'PolicyConfig',
  'PythonImageOptions',
  'RateLimitOptions',
  'RedirectOptions',
  'RequestHeadersOptions',
  'RequestIdOptions',
  'ResponseHeadersOptions',
  'SecurityHeadersOptions',
  'StaticMountProps',
  'UpstreamProps',
  'UsernsRemap',
  'UwsgiAppProps',
  'UwsgiBusynessOptions',
  'UwsgiCacheOptions',
  'UwsgiCronTimes',
  'UwsgiDaemonOptions',
  'WorkerProps',
];

type Named = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.EnumDeclaration;

/** The table of `constructs/checked/props.ts`: which props there are, and what each of them takes, as the interfaces say. */
export function propTable(): TableFile {
  const declared = declarations();
  const structs = STRUCTS.map((name) => [name, membersOf(name, declared)] as const);
  const kinds = new Set(structs.flatMap(([, members]) => Object.values(members).map(bare)));
  const nodes = [...kinds].sort().map((kind) => declared.get(kind));
  const rows = (all: readonly (readonly [string, unknown])[]): string[] =>
    all.map(([name, row]) => `  ${name}: ${JSON.stringify(row, undefined, 4)},`);
  const text = [
    tableHead('the interfaces of props in lib/constructs'),
    '/** Classes that props take, each with the ways to come by an object of it. */',
    'export const CLASSES: Readonly<Record<string, readonly string[]>> = {',
    ...rows(nodes.filter(isClass).map((node) => [node.name?.text ?? '', waysTo(node)])),
    '};',
    '',
    '/** Enums that props take, with the values of their members. */',
    'export const ENUMS: Readonly<Record<string, Readonly<Record<string, string | number>>>> = {',
    ...rows(nodes.filter(isEnum).map((node) => [node.name.text, valuesOf(node)])),
    '};',
    '',
    '/** What each prop takes: `[]` is a list, `{}` a record by name, and `!` says that it has to be there. */',
    'export const STRUCTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
    ...rows(structs),
    '};',
    '',
  ];
  return { path: TABLE, text: text.join('\n') };
}

function declarations(): Map<string, Named> {
  const declared = new Map<string, Named>();
  for (const path of FOLDERS.flatMap(sources)) {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    for (const node of source.statements.filter(isNamed)) {
      if (hasModifier(node, ts.SyntaxKind.ExportKeyword)) declared.set(node.name?.text ?? '', node);
    }
  }
  return declared;
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((each) => each.kind === kind);
}

/** Public factories, as they are called, and then the objects that are there. */
function waysTo(node: ts.ClassDeclaration): string[] {
  const own = node.members.filter(
    (member) =>
      hasModifier(member, ts.SyntaxKind.StaticKeyword) && hasModifier(member, ts.SyntaxKind.PublicKeyword),
  );
  const named = (members: readonly ts.ClassElement[], after: string): string[] =>
    members
      .map((member) => (member.name as ts.Identifier).text)
      .filter((name) => !name.startsWith('_'))
      .map((name) => `${node.name?.text ?? ''}.${name}${after}`);
  return [
    ...named(own.filter(ts.isMethodDeclaration), '(…)'),
    ...named(own.filter(ts.isPropertyDeclaration), ''),
  ];
}

function valuesOf(node: ts.EnumDeclaration): Record<string, string | number> {
  return Object.fromEntries(
    node.members.map(({ name, initializer }) => {
      const { text } = initializer as ts.StringLiteral | ts.NumericLiteral;
      const isNumber = initializer !== undefined && ts.isNumericLiteral(initializer);
      return [(name as ts.Identifier).text, isNumber ? Number(text) : text];
    }),
  );
}

function isClass(node: Named | undefined): node is ts.ClassDeclaration {
  return node !== undefined && ts.isClassDeclaration(node);
}

function isEnum(node: Named | undefined): node is ts.EnumDeclaration {
  return node !== undefined && ts.isEnumDeclaration(node);
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
  return STRUCTS.includes(name) || isClass(declared.get(name)) || isEnum(declared.get(name))
    ? name
    : 'unknown';
}

function bare(kind: string): string {
  return kind.replace(/[[\]{}!]/g, '');
}
