import type { OperatorNode } from '../../../client/api.schemas.js';
import type { Words } from '../words.js';

/** `account/node`; its address while nobody knows who it is. */
export function nameOf({ account, name, address }: OperatorNode, t: Words): string {
  return name === '' ? `${t('node.unnamed')} (${address})` : `${account}/${name}`;
}
