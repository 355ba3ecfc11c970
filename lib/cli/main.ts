#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { paintOf } from './paint';
import { show } from './show';

const USAGE = `usage: cdktf-wsgi show <stack folder> [--next <command>]

  show   what a synthesized stack will run: containers, sizes, routes, files, findings

The stack folder is the one that cdktf synth wrote, such as cdktf.out/stacks/site. --next replaces the command that is
shown as the next one.
`;

/** Runs the command line and says its exit code: 0, or 2 for arguments that it does not understand. */
export function main(args: readonly string[], out: NodeJS.WriteStream, err: NodeJS.WriteStream): number {
  if (args.some((each) => ['help', '--help', '-h'].includes(each))) {
    out.write(USAGE);
    return 0;
  }
  const parsed = parse(args);
  if (typeof parsed === 'string') {
    err.write(`${paintOf(err, process.env)('error', parsed)}\n\n${USAGE}`);
    return 2;
  }
  out.write(show(parsed.folder, paintOf(out, process.env), parsed.next));
  return 0;
}

function parse(args: readonly string[]): string | { readonly folder: string; readonly next?: string } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { next: { type: 'string' } },
    });
    const [command, folder] = positionals;
    if (command !== 'show' || folder === undefined) return 'nothing to do';
    if (!existsSync(join(folder, 'review', 'topology.json'))) {
      return `${folder} is not the folder of a synthesized stack with constructs of cdktf-wsgi: run cdktf synth first`;
    }
    return { folder, ...(values.next === undefined ? {} : { next: values.next }) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

if (require.main === module) process.exitCode = main(process.argv.slice(2), process.stdout, process.stderr);
