import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import { toHex } from '@waymark/ledger/primitives';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';

/** A node's TLS key and its self-signed certificate, both PEM, and the public key that peers pin. */
export interface NodeCertificate {
  readonly keyPem: string;
  readonly certificatePem: string;
  /** Hex, 32 bytes: `p2pKey` in genesis and network.json. */
  readonly publicKeyHex: string;
}

const ED25519 = { name: 'Ed25519' } as const;
/** Peers pin the key and look at nothing else, so the dates only have to satisfy TLS libraries. */
const VALID_YEARS = 30;

/** @param commonName shown in logs of TLS tools: `node.account` */
export async function newNodeCertificate(commonName: string, now: Date): Promise<NodeCertificate> {
  const keys = await webcrypto.subtle.generateKey(ED25519, true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('WebCrypto gave no Ed25519 key pair');
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + VALID_YEARS);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomBytes(16).toString('hex'),
    name: [{ CN: [commonName] }],
    notBefore: new Date(now.getTime() - 86_400_000), // a day, for clocks that go slow
    notAfter,
    keys,
    signingAlgorithm: ED25519,
  });
  const [privateDer, publicRaw] = await Promise.all([
    webcrypto.subtle.exportKey('pkcs8', keys.privateKey),
    webcrypto.subtle.exportKey('raw', keys.publicKey),
  ]);
  return {
    keyPem: `${PemConverter.encode(privateDer, 'PRIVATE KEY')}\n`,
    certificatePem: `${certificate.toString('pem')}\n`,
    publicKeyHex: toHex(new Uint8Array(publicRaw)),
  };
}
