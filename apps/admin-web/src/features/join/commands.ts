import type { Joining } from '../../client/api.schemas.js';

/** What a member's deployment is told: names as in docker-compose.member.yml and docs/operations/member.md. */
export function settingsOf({ peers, trustFingerprint, account }: Joining): string {
  return [
    'COMPOSE_FILE=docker-compose.member.yml',
    'JOIN_FOLDER=./join',
    `PEERS=${addressesOf(peers)}`,
    `FINGERPRINT=${trustFingerprint}`,
    `NODE_NAME=${nodeNameOf(account)}`,
  ].join('\n');
}

export const nodeNameOf = (account: string): string => `${account}-full`.slice(0, 32);

const addressesOf = (peers: Joining['peers']): string => peers.map(({ address }) => address).join(',');

export const FOLDER_COMMAND = 'chown -R 10001 join && chmod 400 join/*';
export const START_COMMAND = 'docker compose up -d';
export const LOG_COMMAND = 'docker compose logs --tail 50 node';
export const RENEW_COMMAND = [
  'docker compose run --rm --entrypoint node setup apps/cli/dist/main.js join --renew \\',
  '  --key /join/organisation.key.json --secret /join/organisation.secret --out /waymark/keys',
  'docker compose restart node',
].join('\n');

export function joinCommandOf({ peers, trustFingerprint }: Joining): string {
  return [
    'npm run waymark -- join --genesis join/genesis.json --trust join/trust.json \\',
    `  --fingerprint ${trustFingerprint} \\`,
    '  --key join/organisation.key.json --secret join/organisation.secret \\',
    `  --peers ${addressesOf(peers) || 'HOST:PORT'} --out node`,
  ].join('\n');
}

export const RUN_COMMAND = 'node apps/node/dist/main.js --config node/node.json';

/** Letters and digits of a fingerprint as somebody types it. */
export const plainFingerprint = (text: string): string => text.replaceAll(/[^0-9a-zA-Z]/g, '').toUpperCase();
