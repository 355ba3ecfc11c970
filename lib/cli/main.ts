#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { show } from './show';

const USAGE = `usage: cdktf-wsgi show <stack folder>

  show   what a synthesized stack will run: containers, routes, files, findings

The stack folder is the one that cdktf synth wrote, such as cdktf.out/stacks/site.
`;

function main(args: readonly string[]): number {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [command, folder] = positionals;
  if (command !== 'show' || folder === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  process.stdout.write(show(folder, colour));
  return 0;
}

process.exitCode = main(process.argv.slice(2));
