import { DockerProvider } from '@cdktf/provider-docker/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { GunicornApp, Listener, NginxFrontend } from 'cdktf-wsgi';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GUNICORN } from '../helpers/stacks';

describe('the review folder', () => {
  const synthesize = (outdir: string, broken: boolean): void => {
    const app = new App({ outdir });
    const good = new TerraformStack(app, 'good');
    new DockerProvider(good, 'docker');
    new NginxFrontend(good, 'web').addBackend('/', new GunicornApp(good, 'app', GUNICORN));
    const other = new TerraformStack(app, 'other');
    new DockerProvider(other, 'docker');
    new GunicornApp(other, 'lonely', { ...GUNICORN, ...(broken ? {} : { listeners: [Listener.http(1)] }) });
    app.synth();
  };
  const directory = (): string => join(mkdtempSync(join(tmpdir(), 'wsgi-')), 'out');

  test('holds rendered files, topology, diagram and findings, the same in every synthesis', () => {
    const [one, two] = [directory(), directory()];
    synthesize(one, false);
    synthesize(two, false);
    const files = readdirSync(join(one, 'stacks/good/review'), { recursive: true, encoding: 'utf8' }).sort();
    expect(files).toEqual([
      'files',
      'files/app',
      'files/app/gunicorn.conf.py',
      'files/probe.py',
      'files/web',
      'files/web/gate.conf',
      'files/web/nginx.conf',
      'findings.json',
      'topology.json',
      'topology.mmd',
    ]);
    for (const file of [
      'cdk.tf.json',
      ...files.filter((name) => name.includes('.')).map((name) => `review/${name}`),
    ]) {
      const read = (root: string): string =>
        readFileSync(join(root, 'stacks/good', file), 'utf8').replaceAll(root, '');
      expect(read(one)).toBe(read(two));
    }
  });

  test('holds nothing of an earlier synthesis, neither rendered files nor build contexts', () => {
    const outdir = directory();
    const stale = ['review/files/gone/nginx.conf', 'context/gone/Dockerfile'].map((path) =>
      join(outdir, 'stacks/good', path),
    );
    for (const path of stale) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
    }
    synthesize(outdir, false);
    expect(stale.filter((path) => existsSync(path))).toEqual([]);
  });

  test('is not written, nor any stack, when one stack has a finding', () => {
    const outdir = directory();
    expect(() => {
      synthesize(outdir, true);
    }).toThrow('nobody can reach gunicorn app "lonely"');
    expect(existsSync(join(outdir, 'stacks/good/cdk.tf.json'))).toBe(false);
  });

  test.each(['before', 'after'])(
    'is not written, nor a stack without anything of ours that was made %s the one with a finding',
    (when) => {
      const outdir = directory();
      const app = new App({ outdir });
      const group = new Construct(app, 'group');
      if (when === 'before') new TerraformStack(app, 'plain');
      const faulty = new TerraformStack(app, 'faulty');
      new GunicornApp(faulty, 'lonely', GUNICORN);
      if (when === 'after') new TerraformStack(group, 'plain');
      expect(() => {
        app.synth();
      }).toThrow(/\[(?:group\/)?plain\] in stack faulty: nobody can reach gunicorn app "lonely"/);
      expect(existsSync(join(outdir, 'stacks')) ? writtenBelow(join(outdir, 'stacks')) : []).toEqual([]);
    },
  );

  test('says whose a finding is, once for each stack that reports it', () => {
    const outdir = directory();
    let message = '';
    try {
      synthesize(outdir, true);
    } catch (error) {
      message = String(error);
    }
    expect(message.split('nobody can reach')).toHaveLength(2);
    expect(message).toContain('[good] in stack other: nobody can reach gunicorn app "lonely"');
  });

  test('holds the findings where a program has switched validation off', () => {
    const outdir = directory();
    const app = new App({ outdir, skipValidation: true });
    const stack = new TerraformStack(app, 'faulty');
    new GunicornApp(stack, 'lonely', GUNICORN);
    app.synth();
    const findings = readFileSync(join(outdir, 'stacks/faulty/review/findings.json'), 'utf8');
    expect(JSON.parse(findings)).toEqual([
      {
        what: 'nobody can reach gunicorn app "lonely": no frontend passes to it and it has no listeners',
        fix: "add it to a frontend with addBackend('/', app), or give it listeners",
        construct: 'faulty/lonely',
      },
    ]);
  });
});

function writtenBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.json'),
  );
}
