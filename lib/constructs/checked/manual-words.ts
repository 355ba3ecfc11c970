/** Words of the servers' manuals that are several props here, or one of another name. */
export const MANUAL_WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  GunicornAppProps: {
    bind: ['transport', 'listeners'],
    hooks: ['onStarting', 'whenReady', 'postFork', 'workerExit'],
    ssl: ['certfile', 'keyfile', 'sslContext'],
    statsd: ['statsdHost', 'statsdPrefix'],
    wsgiApp: ['module'],
  },
  UwsgiAppProps: {
    hooks: ['hookPreApp', 'hookAccepting', 'execAsap', 'execPreApp'],
    socket: ['transport', 'listeners'],
    wsgiFile: ['module'],
  },
  NginxFrontendProps: {
    events: ['workerConnections'],
    listen: ['listeners'],
    timeouts: ['keepaliveTimeout', 'workerShutdownTimeout'],
  },
};

/** What a word of a manual is called here: `a, b and others`. */
export function severalProps(struct: string, word: string): string | undefined {
  const words = MANUAL_WORDS[struct] ?? {};
  const props = Object.hasOwn(words, word) ? words[word] : undefined;
  return props?.join(' or ');
}
