import type { OperatorNode } from '../../../client/api.schemas.js';
import type { Words } from '../words.js';

/** `account/node`, the account alone where its node has the same name; its address while nobody knows who it is. */
export function nameOf({ account, name, address }: OperatorNode, t: Words): string {
  if (name === '') return `${t('node.unnamed')} (${address})`;
  return name === account ? name : `${account}/${name}`;
}
