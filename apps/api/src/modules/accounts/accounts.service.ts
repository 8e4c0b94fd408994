import { createPublicKey, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { accountBody, ACCOUNTS_MODULE, accountStateKeys, type Permission } from '@waymark/ledger/accounts';
import { proofOfPossessionBytes } from '@waymark/ledger/chain';
import { NodeClient } from '../../chain/client/node-client.js';
import { NodeUnavailable } from '../../chain/client/node-rpc.js';
import { LedgerCommands } from '../../chain/submission/ledger-commands.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError, unavailable } from '../../platform/errors/problem.js';
import { organisationOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import type { LedgerAccountAnswer, LedgerTicket } from './dto/account-schemas.js';

/** An account as the ledger keeps it, and the rotation of an organisation's key. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly nodes: NodeClient,
    private readonly commands: LedgerCommands,
  ) {}

  async account(account: string): Promise<LedgerAccountAnswer> {
    const { record, balance, height } = await this.ask(account);
    if (record === null)
      throw notFound('ACCOUNT_UNKNOWN', `The ledger knows no account "${account.slice(0, 40)}".`, 'Check its name.');
    const { permissions, links, delegations, createdAt, closedAt, ...plain } = record;
    return {
      ...plain,
      permissions: Object.entries(permissions).map(([name, permission]) => ({ name, ...permission })),
      links: Object.entries(links).map(([kind, permission]) => ({ kind, permission })),
      delegations: delegations.map(({ untilMs, ...rest }) => ({ ...rest, until: new Date(untilMs).toISOString() })),
      balance,
      createdAtHeight: createdAt,
      closedAtHeight: closedAt === 0 ? null : closedAt,
      height,
      proofKey: {
        module: ACCOUNTS_MODULE,
        key: Buffer.from(accountStateKeys.account(account)).toString('base64'),
      },
    };
  }

  /** The new key takes the place of the old one in every permission that names it. @throws ProblemError 422 */
  async rotate(
    context: RequestContext,
    { from, to, proof }: { readonly from: string; readonly to: string; readonly proof: string },
  ): Promise<LedgerTicket> {
    const organisation = organisationOf(context);
    if (!isProven(organisation, to, proof))
      throw new ProblemError('against-the-rules', {
        code: 'ACCOUNT_KEY_UNPROVEN',
        detail: 'The proof does not show that somebody holds the new key.',
        howToFix: 'Take key and proof together, as "waymark key" printed them for this organisation.',
        pointer: '/proof',
      });
    const { record } = await this.ask(organisation);
    const changed = Object.entries(record?.permissions ?? {}).filter(([, { keys }]) =>
      keys.some(({ key }) => key === from),
    );
    if (changed.length === 0 || changed.some(([, { keys }]) => keys.some(({ key }) => key === to)))
      throw new ProblemError('against-the-rules', {
        code: 'ACCOUNT_KEY_NOT_IN_USE',
        detail: 'The old key is in no permission of your organisation, or the new one is there already.',
        howToFix: 'Load the account again and choose one of its keys.',
        pointer: '/from',
      });
    const permissions = Object.fromEntries(
      changed.map(([name, permission]): [string, Permission] => [
        name,
        {
          ...permission,
          keys: permission.keys
            .map(({ key, weight }) => ({ key: key === from ? to : key, weight }))
            .sort((a, b) => (a.key < b.key ? -1 : 1)),
        },
      ]),
    );
    const job = await this.commands.submit(organisation, 'account', [accountBody('account.update', { permissions })], {
      context,
      action: 'ledger.key.rotated',
      target: organisation,
      facts: { from, to, permissions: Object.keys(permissions) },
    });
    return { job };
  }

  private async ask(account: string) {
    try {
      return await this.nodes.account(account);
    } catch (error) {
      if (error instanceof NodeUnavailable)
        throw unavailable('NODES_UNAVAILABLE', 'No node of the consortium answers at the moment.', 3, error);
      throw error;
    }
  }
}

/** Whether somebody who holds the new key has said so for this account (docs/protocol/formats.md 5). */
function isProven(account: string, publicKey: string, proof: string): boolean {
  try {
    const x = Buffer.from(publicKey, 'hex').toString('base64url');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
    return verify(null, proofOfPossessionBytes('organisation', account), key, Buffer.from(proof, 'hex'));
  } catch {
    // What is no key proves nothing.
    return false;
  }
}
