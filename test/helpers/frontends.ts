import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { NginxFrontend, NginxImage, Review } from 'cdktf-wsgi';
import type { NginxFrontendProps } from 'cdktf-wsgi';
import { StackTopology } from '../../lib/constructs/stack/stack-topology';
import { asking, mapNginxPaths, withServers } from './stack-of-servers';
import type { Answer, Ask } from './nginx';
import { nginxTest, withDirectory } from './nginx';
import { siteStack } from './stacks';

/** What is added to a frontend called `web`. */
export type Build = (web: NginxFrontend, site: TerraformStack) => unknown;

/** What a stack with one frontend will run. */
export function reviewOf(build: Build, props: NginxFrontendProps = {}): Review {
  return Review.of(frontendStack(build, props));
}

/** The `nginx.conf` of a frontend. */
export function confOf(build: Build, props: NginxFrontendProps = {}): string {
  return reviewOf(build, props).files['web/nginx.conf'] ?? '';
}

/** One block of a text with what is in it, its lines without indents. */
export function blockOf(text: string, head: string): string[] {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() === head);
  const indent = /^ */.exec(lines[first] ?? '')?.[0] ?? '';
  const last = lines.findIndex((line, at) => at > first && line === `${indent}}`);
  return lines
    .slice(first + 1, last)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Props of a frontend that is this machine's nginx. */
export const DEBIAN_12: NginxFrontendProps = {
  image: NginxImage.of('local/nginx:1', {
    version: '1.22.1',
    streamModule: 'modules/ngx_stream_module.so',
  }),
};

/** What the real `nginx -t` says of a frontend's file that it refuses, whatever the findings are. */
export async function nginxSays(build: Build, props: NginxFrontendProps = {}): Promise<string> {
  const { ok, output } = await nginxOn(build, props);
  return ok ? '' : output;
}

/** Everything that the real `nginx -t` says of a frontend's file. */
export async function nginxWarns(build: Build, props: NginxFrontendProps = {}): Promise<string> {
  return (await nginxOn(build, props)).output;
}

function nginxOn(build: Build, props: NginxFrontendProps): Promise<ReturnType<typeof nginxTest>> {
  const text = confOf(build, { ...DEBIAN_12, ...props });
  return withDirectory((directory) => {
    for (const folder of ['tmp', 'edge/own']) mkdirSync(join(directory, folder), { recursive: true });
    const bed = { directory, ports: new Map<string, number>(), servers: new Map(), code: {}, statics: {} };
    return Promise.resolve(nginxTest(directory, mapNginxPaths(text, 'web', bed)));
  });
}

/** A real nginx on a frontend's file; static mounts are served from local directories. */
export async function withFrontend(
  build: Build,
  body: (asks: (what: Ask) => Promise<Answer>) => Promise<void>,
  statics: Readonly<Record<string, string>> = {},
  props: NginxFrontendProps = {},
): Promise<void> {
  const topology = StackTopology.of(frontendStack(build, { ...DEBIAN_12, ...props })).topology();
  await withServers({ ...topology, apps: [] }, { code: {}, statics }, (bed) =>
    body(asking(bed, 'web', 8080)),
  );
}

function frontendStack(build: Build, props: NginxFrontendProps): TerraformStack {
  return siteStack((site) => {
    build(new NginxFrontend(site, 'web', props), site);
  });
}
