import { Agent, get } from 'node:http';

/** What became of the requests of a load: every single one is counted. */
export interface Tally {
  readonly requests: number;
  /** Requests that were answered by anything but 2xx, or not at all, with what was seen. */
  readonly lost: readonly string[];
  /** Seconds from the first request that was lost to the last. */
  readonly gap: number;
  /** Bodies seen, in the order of their first appearance. */
  readonly bodies: readonly string[];
}

/** A load that runs until it is stopped. */
export interface Load {
  readonly stop: () => Promise<Tally>;
}

/** What is asked of whom. */
export interface Route {
  readonly port: number;
  readonly path: string;
  /** What the request says it is for; the address otherwise. */
  readonly host?: string;
}

/**
 * Milliseconds between the requests of a lane. A lane that does not pause takes the processors from the containers, whose starts and
 * probes are what a rollout waits for; the rate at which not one may be lost is that of high-rate.engine.ts.
 */
const PAUSE = 20;

/** Requests on new connections, one after the other in each lane: two lanes on each path, and on each one that takes 1.5 s. */
export function startLoad(port: number, paths: readonly string[], slowPaths: readonly string[]): Load {
  return startLoadOn([...paths, ...slowPaths].map((path) => ({ port, path })));
}

/** The same on any routes: two lanes on each. */
export function startLoadOn(routes: readonly Route[]): Load {
  const seen = { requests: 0, lost: [] as string[], times: [] as number[], bodies: new Set<string>() };
  let running = true;
  const lane = async ({ port, path, host }: Route): Promise<void> => {
    while (running) {
      seen.requests++;
      const { status, body } = await once(port, path, host);
      if (status !== 200) seen.times.push(Date.now());
      if (status !== 200)
        seen.lost.push(`${path} ${new Date().toISOString()} ${String(status)} ${body.slice(0, 80)}`);
      else if (!path.startsWith('/static')) seen.bodies.add(body);
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  };
  const lanes = [...routes, ...routes].map(lane);
  return {
    stop: async () => {
      running = false;
      await Promise.all(lanes);
      const gap = seen.times.length === 0 ? 0 : (Math.max(...seen.times) - Math.min(...seen.times)) / 1000;
      return { requests: seen.requests, lost: seen.lost, gap, bodies: [...seen.bodies] };
    },
  };
}

/**
 * A request every so many milliseconds, whether or not those before it are answered: what tells how long an outage lasts in which requests
 * hang. The gap is between the first and the last that were lost, by when they were sent.
 */
export function startPaced({ port, path }: Route, everyMilliseconds: number): Load {
  const lost: { readonly sent: number; readonly what: string }[] = [];
  const bodies = new Set<string>();
  const all: Promise<void>[] = [];
  const ask = async (): Promise<void> => {
    const sent = Date.now();
    const { status, body } = await once(port, path);
    if (status === 200) bodies.add(body);
    else lost.push({ sent, what: `${path} ${String(status)} ${body.slice(0, 80)}` });
  };
  const timer = setInterval(() => all.push(ask()), everyMilliseconds);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(all);
      const times = lost.map(({ sent }) => sent);
      const gap = times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1000;
      return { requests: all.length, lost: lost.map(({ what }) => what), gap, bodies: [...bodies] };
    },
  };
}

/** Seconds until every one of these answers, three times in a row. */
export async function servesAgain(asked: readonly Route[], within: number): Promise<number> {
  const start = Date.now();
  for (let good = 0; ;) {
    const answers = await Promise.all(asked.map(({ port, path, host }) => once(port, path, host)));
    const bad = answers.flatMap(({ status, body }, at) =>
      status === 200 ? [] : [`${JSON.stringify(asked[at])} ${String(status)} ${body.slice(0, 80)}`],
    );
    good = bad.length === 0 ? good + 1 : 0;
    const seconds = (Date.now() - start) / 1000;
    if (good === 3) return seconds;
    if (seconds > within) throw new Error(bad.join('\n'));
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** One request on a connection of its own. */
export function once(
  port: number,
  path: string,
  host = '127.0.0.1',
): Promise<{ readonly status: number | string; readonly body: string }> {
  return new Promise((done) => {
    const agent = new Agent({ keepAlive: false });
    const request = get(
      { host: '127.0.0.1', port, path, agent, headers: { host }, timeout: 20_000 },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => {
          done({ status: response.statusCode ?? 0, body });
        });
        response.on('error', (error: NodeJS.ErrnoException) => {
          done({ status: error.code ?? 'error', body: error.message });
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error('no answer for 20 s')));
    request.on('error', (error: NodeJS.ErrnoException) => {
      done({ status: error.code ?? 'error', body: error.message });
    });
  });
}
