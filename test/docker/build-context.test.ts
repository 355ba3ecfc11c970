import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { contextFiles, contextHash } from '../../lib/docker/build-context';
import { dockerignore } from '../../lib/docker/dockerignore';
import { writeContexts } from '../../lib/docker/staged-contexts';
import { withDirectory } from '../helpers/nginx';

/** A directory with these files. */
async function onFiles(
  files: Readonly<Record<string, string>>,
  body: (directory: string) => void,
): Promise<void> {
  await withDirectory((directory) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(directory, path, '..'), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    body(directory);
    return Promise.resolve();
  });
}

const hash = (directory: string): string => contextHash(contextFiles(directory), []);

describe('a build context', () => {
  test('holds what .dockerignore leaves, sorted, links as links', async () => {
    await onFiles({ '.dockerignore': 'secret\n', 'b.py': '', 'a/c.py': '', secret: '' }, (directory) => {
      symlinkSync('nowhere', join(directory, 'link'));
      expect(contextFiles(directory).map(({ path }) => path)).toEqual([
        '.dockerignore',
        'a/c.py',
        'b.py',
        'link',
      ]);
    });
  });

  test.each<[string, (directory: string) => void]>([
    [
      'a changed file',
      (directory) => {
        writeFileSync(join(directory, 'a'), '2');
      },
    ],
    [
      'an added file',
      (directory) => {
        writeFileSync(join(directory, 'b'), '');
      },
    ],
    [
      'a file that becomes executable',
      (directory) => {
        chmodSync(join(directory, 'a'), 0o755);
      },
    ],
  ])('is another one with %s', async (_, change) => {
    await onFiles({ a: '1' }, (directory) => {
      const before = hash(directory);
      expect(hash(directory)).toBe(before);
      change(directory);
      expect(hash(directory)).not.toBe(before);
    });
  });

  test('always holds its Dockerfile, ignored or not', async () => {
    await onFiles({ '.dockerignore': '*', Dockerfile: 'FROM scratch' }, (directory) => {
      expect(contextFiles(directory, 'Dockerfile').map(({ path }) => path)).toEqual(['Dockerfile']);
      expect(() => contextFiles(directory, 'Dockerfile.prod')).toThrow('has no "Dockerfile.prod"');
    });
  });

  test('fails on a directory that is not there', () => {
    expect(() => contextFiles('/nowhere')).toThrow('the directory "/nowhere" is not there');
  });

  test('is staged with modes that another user can read, whatever the checkout’s were', async () => {
    await onFiles({ 'code/app.py': 'x', 'code/run.sh': 'y' }, (directory) => {
      const code = join(directory, 'code');
      chmodSync(join(code, 'app.py'), 0o600);
      chmodSync(join(code, 'run.sh'), 0o700);
      symlinkSync('app.py', join(code, 'link'));
      const files = contextFiles(code);
      writeContexts(directory, [
        { path: 'context/x', instructions: 'FROM scratch\n', directory: code, files },
      ]);
      const staged = join(directory, 'context/x');
      const mode = (path: string): number => statSync(join(staged, 'files', path)).mode & 0o777;
      expect([mode('app.py'), mode('run.sh')]).toEqual([0o644, 0o755]);
      expect(readlinkSync(join(staged, 'files/link'))).toBe('app.py');
      expect(readFileSync(join(staged, 'Dockerfile'), 'utf8')).toBe('FROM scratch\n');
    });
  });
});

describe('.dockerignore', () => {
  const ignored = dockerignore(
    '# comment\nnode_modules\n*.pyc\n**/cache\n/dist/\ndocs/*.md\n!docs/keep.md\n[ab].txt\n?.log\n',
  );

  test.each([
    ['node_modules/a/b', true],
    ['a.pyc', true],
    ['sub/a.pyc', false],
    ['sub/deep/cache/x', true],
    ['dist/x', true],
    ['docs/a.md', true],
    ['docs/keep.md', false],
    ['a.txt', true],
    ['c.txt', false],
    ['x.log', true],
    ['xy.log', false],
    ['app.py', false],
  ])('%p is left out: %p', (path, answer) => {
    expect(ignored(path)).toBe(answer);
  });
});
