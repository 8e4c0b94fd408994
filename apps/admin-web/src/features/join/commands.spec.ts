import { describe, expect, it } from '@jest/globals';
import type { Joining } from '../../client/api.schemas.js';
import { joinCommandOf, nodeNameOf, plainFingerprint, settingsOf } from './commands.js';

const state: Joining = {
  chainId: 'seafood',
  genesisHash: 'ab'.repeat(32),
  trustFingerprint: '3F2A-91C4-77B0-12DE',
  account: 'hatchery',
  height: 7,
  peers: [
    { name: 'farm/farm-1', address: 'a.example:4321' },
    { name: 'regulator/r-1', address: '[2001:db8::1]:4321' },
  ],
  local: false,
  fullNodes: [],
};

describe('what a company is told to type', () => {
  it('holds its addresses, its fingerprint and a name for its node', () => {
    expect(settingsOf(state).split('\n')).toEqual([
      'COMPOSE_FILE=docker-compose.member.yml',
      'JOIN_FOLDER=./join',
      'PEERS=a.example:4321,[2001:db8::1]:4321',
      'FINGERPRINT=3F2A-91C4-77B0-12DE',
      'NODE_NAME=hatchery-full',
    ]);
    expect(joinCommandOf(state)).toContain('--peers a.example:4321,[2001:db8::1]:4321 --out node');
    expect(joinCommandOf({ ...state, peers: [] })).toContain('--peers HOST:PORT');
    expect(nodeNameOf('a'.repeat(32))).toHaveLength(32);
  });

  it('compares a fingerprint however it is typed', () => {
    expect(plainFingerprint(' 3f2a 91c4–77b0.12de')).toBe(plainFingerprint(state.trustFingerprint));
  });
});
