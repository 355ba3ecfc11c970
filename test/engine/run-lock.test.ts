import { execFileSync, spawn } from 'node:child_process';
import { leaveEngine, takeEngine } from './run-lock';

const DOCKER_HOST = `unix:///nowhere/${String(process.pid)}`;
const before = process.env['DOCKER_HOST'];

beforeAll(() => {
  process.env['DOCKER_HOST'] = DOCKER_HOST;
});

afterAll(() => {
  leaveEngine();
  if (before === undefined) delete process.env['DOCKER_HOST'];
  else process.env['DOCKER_HOST'] = before;
});

/** Takes the engine in another process, and does something with it there. */
const another = (then: string): string[] => [
  ...['--import', 'tsx', '-e'],
  `require('./test/engine/run-lock').takeEngine(); console.log('taken'); ${then}`,
];
const options = { env: { ...process.env, DOCKER_HOST }, stdio: 'pipe' } as const;

test('two runs cannot have one engine at once, and one that was killed does not keep it', async () => {
  const child = spawn(process.execPath, another('setInterval(() => undefined, 1000)'), options);
  try {
    await new Promise((done) => child.stdout.once('data', done));
    expect(takeEngine).toThrow(`process ${String(child.pid)} runs the tests on this engine already`);
  } finally {
    child.kill('SIGKILL');
  }
  await new Promise((done) => child.once('close', done));
  takeEngine();
  expect(() => execFileSync(process.execPath, another(''), options)).toThrow(/runs the tests/);
  leaveEngine();
  expect(execFileSync(process.execPath, another(''), options).toString()).toBe('taken\n');
});
