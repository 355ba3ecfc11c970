import { TerraformVariable } from 'cdktf';
import type { TerraformStack } from 'cdktf';
import {
  GunicornApp,
  HealthCheck,
  Listener,
  Mount,
  NginxFrontend,
  SecretFile,
  Size,
  StaticSource,
  Transport,
  WsgiModule,
} from 'cdktf-wsgi';
import { GUNICORN, siteStack } from '../helpers/stacks';

interface Tokens {
  readonly text: string;
  readonly number: number;
  readonly list: string[];
}

const NOT_KNOWN =
  'is a Terraform token: its value is not known at synthesis\n  give a value that is known at synthesis';

function told(make: (tokens: Tokens, site: TerraformStack) => unknown): string {
  let message = '';
  siteStack((site) => {
    const { stringValue: text, numberValue: number, listValue: list } = new TerraformVariable(site, 'v', {});
    try {
      make({ text, number, list }, site);
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
  });
  return message;
}

describe('a token where a value must be known fails with its name, and without its spelling', () => {
  test.each<[string, (tokens: Tokens) => unknown]>([
    ['Listener.http: port', ({ number }) => Listener.http(number)],
    ['Listener.http: address', ({ text }) => Listener.http(80, { address: text })],
    ['Transport.tcp: port', ({ number }) => Transport.tcp(number)],
    ['Mount.hostPath: path', ({ text }) => Mount.hostPath(text, '/a')],
    ['Mount.hostPath: path', ({ text }) => Mount.hostPath('/a', `/${text}`)],
    ['Mount.tmpfs: path', ({ text }) => Mount.tmpfs(text, Size.mebibytes(1))],
    ['WsgiModule.file: file', ({ text }) => WsgiModule.file(text, 'app')],
    ['WsgiModule.file: callable', ({ text }) => WsgiModule.file('a.py', text)],
    ['WsgiModule.dotted: dottedName', ({ text }) => WsgiModule.dotted(text, 'app')],
    ['WsgiModule.dotted: callable', ({ text }) => WsgiModule.dotted('a', text)],
    ['SecretFile.of: path', ({ text }) => SecretFile.of(text, 'x')],
    ['StaticSource.hostPath: path', ({ text }) => StaticSource.hostPath(text)],
    ['HealthCheck.http: path', ({ text }) => HealthCheck.http(`/${text}`)],
  ])('%s', (name, make) => {
    expect(told(make)).toBe(`${name} ${NOT_KNOWN}`);
  });

  test.each<[string, (tokens: Tokens, site: TerraformStack) => unknown]>([
    ['cpus', ({ number }, site) => new GunicornApp(site, 'x', { ...GUNICORN, cpus: number })],
    ['replicas', ({ number }, site) => new GunicornApp(site, 'x', { ...GUNICORN, replicas: number })],
    ['serverNames', ({ list }, site) => new NginxFrontend(site, 'x', { serverNames: list })],
    ['serverNames[0]', ({ text }, site) => new NginxFrontend(site, 'x', { serverNames: [text] })],
  ])('%s of a construct', (name, make) => {
    expect(told(make)).toBe(`${name} ${NOT_KNOWN}\n  construct: site/x`);
  });

  test('what an application may read is shown the way to it', () => {
    expect(told(({ text }, site) => new GunicornApp(site, 'x', { ...GUNICORN, chdir: text }))).toBe(
      `chdir ${NOT_KNOWN}; what the application alone reads is passed in environment or as a SecretFile, which are carried through\n  construct: site/x`,
    );
  });
});
