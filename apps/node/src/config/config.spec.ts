import { describe, expect, it } from '@jest/globals';
import { nodeConfigSchema } from './node-config.js';

const listed = {
  name: 'importer-1',
  account: 'importer',
  role: 'full',
  genesis: 'genesis.json',
  network: 'network.json',
  tlsKey: 'tls.key.pem',
  tlsCertificate: 'tls.cert.pem',
  dataDir: 'data',
  p2p: { host: '0.0.0.0', port: 4320 },
  rpc: { host: '127.0.0.1', port: 4310 },
};
const { network: _network, p2p: _p2p, ...bare } = listed;
const guest = { ...bare, nodePass: 'node.pass.json', peers: [{ host: 'node.example', port: 4321 }] };
const faults = (config: object) => {
  const read = nodeConfigSchema.safeParse(config);
  return read.success ? [] : read.error.issues.map(({ path }) => path.join('.'));
};

describe('where the RPC listens', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('%s needs no more', (host) => {
    expect(faults({ ...listed, rpc: { host, port: 1 } })).toEqual([]);
  });

  it.each(['0.0.0.0', '10.0.0.7', 'node-1-rpc', '127.0.0.1.example', '::'])(
    '%s needs a token, or the word that it is open',
    (host) => {
      expect(faults({ ...listed, rpc: { host, port: 1 } })).toEqual(['rpc']);
      expect(faults({ ...listed, rpc: { host, port: 1, tokenFile: 'rpc.token' } })).toEqual([]);
      expect(faults({ ...listed, rpc: { host, port: 1, open: true } })).toEqual([]);
      expect(faults({ ...listed, rpc: { host, port: 1, open: true, tokenFile: 'rpc.token' } })).toEqual(['rpc.open']);
    },
  );
});

describe('how a node is known to others', () => {
  it('is on the list, or shows a pass at the addresses it is given; not both, and not half', () => {
    expect(faults(listed)).toEqual([]);
    expect(faults(guest)).toEqual([]);
    expect(faults({ ...guest, network: 'network.json' })).toEqual(['network']);
    expect(faults({ ...bare, nodePass: 'node.pass.json' })).toEqual(['peers']);
    expect(faults(bare)).toEqual(['network', 'p2p']);
    expect(faults({ ...guest, role: 'validator', consensusKey: 'consensus.key' })).toEqual(['nodePass']);
  });
});
