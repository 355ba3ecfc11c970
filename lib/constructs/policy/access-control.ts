import { ConfigError, together } from '../../errors';
import { directive } from '../../nginx/directive';
import type { Bound } from './bound';
import { checkedNetworks } from './limit-options';

/** Who may come in. */
export interface AccessControlOptions {
  /**
   * Networks and addresses that may; nobody else may then.
   *
   * @default - everybody
   */
  readonly allow?: string[];
  /**
   * Networks and addresses that may not, whatever `allow` says.
   *
   * @default - none
   */
  readonly deny?: string[];
}

/** Lists of addresses, checked. */
export function accessControl(options: AccessControlOptions): () => Bound {
  const { allow, deny } = options;
  together(
    () => {
      checkedNetworks('allow', allow ?? []);
    },
    () => {
      checkedNetworks('deny', deny ?? []);
    },
  );
  if (allow === undefined && (deny ?? []).length === 0) {
    throw new ConfigError({
      what: 'it keeps nobody out',
      fix: 'give allow for those who may come in, or deny for those who may not',
    });
  }
  const directives = [
    ...(deny ?? []).map((network) => directive('deny', network)),
    ...(allow ?? []).map((network) => directive('allow', network)),
    directive(allow === undefined ? 'allow' : 'deny', 'all'),
  ];
  return () => ({ directives });
}
