import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { APP_PROBE_SOURCE } from '../../lib/topology/render/app-probe-table';
import { withDirectory } from '../helpers/nginx';
import { describeWith } from '../helpers/programs';

describeWith(['python3'], 'the probe of an application', () => {
  test('takes the link at once, and says so when the queue of the old generation has had time to empty', async () => {
    await withDirectory(async (directory) => {
      const sockets = join(directory, 'sockets');
      mkdirSync(sockets);
      writeFileSync(join(directory, 'probe.py'), APP_PROBE_SOURCE);
      writeFileSync(join(directory, 'loaded'), '');
      const server = createServer().listen(join(sockets, 'new.sock'));
      await once(server, 'listening');
      const child = spawn('python3', [
        ...['-I', '-S', join(directory, 'probe.py'), 'timeout=5', `loaded=${join(directory, 'loaded')}`],
        ...[`address=unix:${join(sockets, 'new.sock')}`, `link=${join(sockets, '0.sock')}`],
        `marker=${join(directory, 'current')}`,
      ]);
      const ended = once(child, 'exit') as Promise<[number | null]>;
      while (!existsSync(join(directory, 'current')) && child.exitCode === null) {
        await new Promise((done) => setTimeout(done, 10));
      }
      expect(readlinkSync(join(sockets, '0.sock'))).toBe('new.sock');
      expect(child.exitCode).toBeNull();
      expect((await ended)[0]).toBe(0);
      server.close();
    });
  });
});
