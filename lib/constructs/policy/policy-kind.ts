/** What this library's policies are about. */
export enum PolicyKind {
  /** `Policy.accessControl` */
  ACCESS_CONTROL = 'accessControl',
  /** `Policy.allowMethods` */
  ALLOW_METHODS = 'allowMethods',
  /** `Policy.bandwidth` */
  BANDWIDTH = 'bandwidth',
  /** `Policy.basicAuth` */
  BASIC_AUTH = 'basicAuth',
  /** `Policy.cache` */
  CACHE = 'cache',
  /** `Policy.clientCache` */
  CLIENT_CACHE = 'clientCache',
  /** `Policy.compression` */
  COMPRESSION = 'compression',
  /** `Policy.connectionLimit` */
  CONNECTION_LIMIT = 'connectionLimit',
  /** `Policy.cors` */
  CORS = 'cors',
  /** `Policy.errorPages` */
  ERROR_PAGES = 'errorPages',
  /** `Policy.maintenance` */
  MAINTENANCE = 'maintenance',
  /** `Policy.rateLimit` */
  RATE_LIMIT = 'rateLimit',
  /** `Policy.requestHeaders` */
  REQUEST_HEADERS = 'requestHeaders',
  /** `Policy.requestId` */
  REQUEST_ID = 'requestId',
  /** `Policy.responseHeaders` */
  RESPONSE_HEADERS = 'responseHeaders',
  /** `Policy.securityHeaders` */
  SECURITY_HEADERS = 'securityHeaders',
}
