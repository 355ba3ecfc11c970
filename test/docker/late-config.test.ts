import { TerraformStack, Testing } from 'cdktf';
import { createResources } from '../../lib/docker/resource-set';
import type { ContainerPlan } from '../../lib/topology/plan/container-plan';
import { HELPER } from '../../lib/topology/plan/helper-container';

const PLAN: ContainerPlan = {
  ...HELPER,
  key: 'web',
  role: 'nginx',
  life: 'service',
  construct: 'site/web',
  image: 'web',
  entrypoint: ['nginx'],
  command: [],
  user: '101:101',
  capabilities: [],
  environment: {},
  mounts: [],
  tmpfs: { '/tmp': 'size=1' },
  uploads: [],
  stop: { signal: 'SIGQUIT', graceSeconds: 30 },
};

/** The container of a plan that changes after its construction, as Terraform gets it. */
function synthesized(change: Partial<ContainerPlan>): Record<string, unknown> {
  const stack = new TerraformStack(Testing.app(), 'site');
  let now = PLAN;
  const plan = (): Parameters<typeof createResources>[1] => ({
    images: [{ kind: 'pulled', key: 'web', name: 'nginx:1' }],
    networks: [{ key: 'net', internal: false }],
    volumes: [{ key: 'files' }],
    containers: [now],
  });
  createResources(stack, plan(), undefined, plan);
  now = { ...now, ...change };
  const { resource } = JSON.parse(Testing.synth(stack)) as {
    resource: { docker_container: Record<string, Record<string, unknown>> };
  };
  return resource.docker_container['web'] ?? {};
}

test.each<[string, Partial<ContainerPlan>, string, unknown]>([
  ['the command', { command: ['-g', '${x}'] }, 'command', ['-g', '$${x}']],
  ['groups', { groupAdd: [7] }, 'group_add', ['7']],
  ['variables', { environment: { A: 'b' } }, 'env', ['A=b']],
  [
    'mounts',
    { mounts: [{ hostPath: '/a', path: '/b', readOnly: true }] },
    'volumes',
    [{ host_path: '/a', container_path: '/b', read_only: true }],
  ],
  [
    'uploads',
    { uploads: [{ path: '/a', content: '%{', permissions: '0400' }] },
    'upload',
    [{ file: '/a', content: '%%{', permissions: '0400' }],
  ],
  ['the network mode', { network: { mode: 'bridge', networks: [] } }, 'network_mode', 'bridge'],
  [
    'networks',
    { network: { mode: 'networks', networks: [{ network: 'net', aliases: ['web'] }] } },
    'networks_advanced',
    [{ name: '${docker_network.net.id}', aliases: ['web'] }],
  ],
  ['sizes in memory', { tmpfs: { '/tmp': 'size=2' } }, 'tmpfs', { '/tmp': 'size=2' }],
])('%s of a container may grow after its construction', (_, change, attribute, value) => {
  expect(synthesized(change)[attribute]).toEqual(value);
});

test.each<[string, Partial<ContainerPlan>]>([
  ['stopTimeout', { stop: { signal: 'SIGQUIT', graceSeconds: 31 } }],
  ['memory', { limits: { memoryBytes: 1024 ** 3 } }],
  ['capabilities', { capabilities: ['CHOWN'] }],
  ['ports', { ports: [{ internal: 1, external: 1, ip: '0.0.0.0' }] }],
])('fails on %s that would be left as it was, without a word', (attribute, change) => {
  expect(() => synthesized(change)).toThrow(
    `${attribute} of the container web has changed since it was made, and is not read late`,
  );
});
