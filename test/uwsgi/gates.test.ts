import { spawnSync } from 'node:child_process';
import { uwsgiDecision } from '../../lib/topology/uwsgi-decisions';
import { isAtLeast } from '../../lib/server-version';
import { option } from '../../lib/uwsgi/option';
import { HOOK_ACTIONS } from '../../lib/uwsgi/hook-actions';
import { LOG_ENCODERS } from '../../lib/uwsgi/log-encoders';
import { OPTIONS } from '../../lib/uwsgi/option-table';
import { optionProblems } from '../../lib/uwsgi/validate';
import { hasPlugin, pluginFile } from '../../lib/uwsgi/plugins';
import { describeWith } from '../helpers/programs';
import { RELEASES } from '../helpers/real-uwsgi';
import type { Release } from '../helpers/real-uwsgi';

/** The options that a program prints of itself, and of a plugin that it loads. */
function printed({ command }: Release, ...before: string[]): Set<string> {
  const { stdout } = spawnSync(command, [...before, '--help'], { encoding: 'utf8' });
  return new Set([...stdout.matchAll(/^ +(?:-\S\|)?--(\S+)/gm)].flatMap(([, name]) => name ?? []));
}

/** The names of one option, which its help tells by saying the same of each. */
function printedTwins({ command }: Release, ...before: string[]): string[][] {
  const { stdout } = spawnSync(command, [...before, '--help'], { encoding: 'utf8' });
  const names = new Map<string, string[]>();
  for (const [, name = '', help = ''] of stdout.matchAll(/^ +(?:-\S\|)?--(\S+) +(.*)$/gm)) {
    names.set(help, [...(names.get(help) ?? []), name]);
  }
  return [...names.values()].filter(({ length }) => length > 1);
}

/** Options that depend on what the program was built with: FreeBSD's jails, OpenSSL's sessions, libcap, JSON. */
const OF_A_BUILD = /^(?:jail|jid|libjail|ssl-session|(?:emperor-|vassals?-)?cap$|js(?:on)?$)/;

describe.each(RELEASES)('uWSGI $version', (release) => {
  describeWith([release.program], 'prints a list of its options', () => {
    const has = printed(release);
    const gated = Object.keys(OPTIONS).filter((name) => OPTIONS[name]?.since !== undefined);

    test('in which the table knows every one', () => {
      expect(has.size).toBeGreaterThan(700);
      expect([...has].filter((name) => !Object.hasOwn(OPTIONS, name))).toEqual([]);
    });

    test('which has every option of the table for this release, as far as it was built', () => {
      const builtIn = (plugin: string): boolean =>
        plugin === 'core' || (release.flavour === 'embedded' && hasPlugin('embedded', plugin));
      const expected = Object.entries(OPTIONS)
        .filter(([, { plugin, since }]) => builtIn(plugin) && isAtLeast(release.version, since ?? '0'))
        .map(([name]) => name);
      expect(expected.filter((name) => !has.has(name) && !OF_A_BUILD.test(name))).toEqual([]);
    });

    test('among which names of the same option are decided as one', () => {
      const twins = printedTwins(release, ...(release.flavour === 'modular' ? ['--plugin', 'python3'] : []));
      expect(twins).toContainEqual(expect.arrayContaining(['pythonpath', 'pp']));
      const apart = twins.filter((names) => {
        const decisions = names.map((name) => JSON.stringify(uwsgiDecision(name)));
        return new Set(decisions).size > 1;
      });
      expect(apart).toEqual([]);
    });

    test.each(gated)('which has %s exactly when this library lets it through', (name) => {
      const problems = optionProblems([option(name, 5)], release.version);
      expect(problems.length === 0).toBe(has.has(name));
    });
  });
});

/** Actions that change more of the machine than the program: the name of it, what is mounted. */
const OF_THE_MACHINE = ['hostname', 'mount', 'umount'];

/** What a program says of a server with this configuration, which never comes as far as its workers. */
function refused({ command }: Release, args: readonly string[], timeout: number = 5000): string {
  const { stderr } = spawnSync(command, [...args, '--hook-pre-jail', 'no-such-action:'], {
    encoding: 'utf8',
    timeout,
    killSignal: 'SIGKILL',
  });
  return stderr;
}

describe.each(RELEASES)('uWSGI $version', (release) => {
  describeWith([release.program], 'looks for', () => {
    test('every action of a hook that the table has, and finds it', () => {
      const actions = [...HOOK_ACTIONS].filter((name) => !OF_THE_MACHINE.includes(name));
      // Those that wait for something have been found by then.
      const said = (name: string): string => refused(release, ['--hook-asap', `${name}:/dev/null/none`], 700);
      const unknown = actions.filter((name) => said(name).includes(`action not found: ${name}\n`));
      expect(unknown).toEqual([]);
    });

    test('an action that the table does not have, and ends', () => {
      expect(refused(release, ['--hook-asap', '!touch:/tmp/a'])).toContain('hook action not found: touch\n');
    });

    test('room for itself and Python, and ends where limit-as leaves less than the library asks for', () => {
      const python = release.flavour === 'modular' ? ['--plugin', 'python3'] : [];
      const loads = (mebibytes: number): boolean =>
        spawnSync(
          release.command,
          [
            ...[...python, '--master', '--socket', '127.0.0.1:0', '--module', 'operator:add'],
            ...['--limit-as', String(mebibytes), '--hook-post-app', 'no-such-action:'],
          ],
          { encoding: 'utf8', timeout: 5000, killSignal: 'SIGKILL' },
        ).stderr.includes('action not found');
      expect(loads(64)).toBe(true);
      expect(loads(50)).toBe(false);
    });

    test('every encoder of the log that the table has, and ends at another', () => {
      const said = (encoder: string): string => refused(release, ['--log-master', '--log-encoder', encoder]);
      expect(said('jso {}')).toContain('log encoder "jso" not found');
      for (const name of LOG_ENCODERS)
        expect(said(`${name} a`)).toContain(`[log-encoder] registered ${name}`);
    });
  });
});

describeWith(['uwsgi'], "Debian's plugins", () => {
  test.each(['python', 'gevent', 'asyncio', 'greenlet', 'http', 'carbon', 'cheaper_busyness'])(
    '%s provides the options that the table says',
    (plugin) => {
      const [release] = RELEASES;
      if (release === undefined) throw new Error('no release');
      const has = printed(release, '--plugin', 'python3', '--plugin', pluginFile(plugin, 'python3'));
      const ofPlugin = Object.keys(OPTIONS).filter((name) => OPTIONS[name]?.plugin === plugin);
      expect(ofPlugin.length).toBeGreaterThan(0);
      expect(ofPlugin.filter((name) => !has.has(name))).toEqual([]);
    },
  );
});
