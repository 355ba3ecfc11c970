/** How the environ of a request comes about. */
export enum UwsgiWsgiEnvBehaviour {
  /** One dictionary for each worker, emptied after each request. */
  CHEAT = 'cheat',
  /** A new dictionary for each request, for applications that keep it. */
  HOLY = 'holy',
}
