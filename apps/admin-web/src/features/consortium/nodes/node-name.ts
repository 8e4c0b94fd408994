import type { OperatorNode } from '../../../client/api.schemas.js';
import type { Words } from '../words.js';

/** A node as others tell of it, `account/node`: the account alone where its node has the same name. */
export function shortName(told: string): string {
  const [account, name] = told.split('/');
  return name === account && account !== undefined ? account : told;
}

/** A node's own name, read like that of others; its address while nobody knows who it is. */
export function nameOf({ account, name, address }: OperatorNode, t: Words): string {
  return name === '' ? `${t('node.unnamed')} (${address})` : shortName(`${account}/${name}`);
}
