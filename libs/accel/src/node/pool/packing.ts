/** How checks travel to a worker: one transferable buffer, copied once, so that nothing is shared between threads. */
import type { SignatureCheck } from '../../contract/index.js';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../../portable/index.js';

const HEAD_BYTES = PUBLIC_KEY_BYTES + SIGNATURE_BYTES + 4;

/** Each check: 32 bytes key, 64 bytes signature, u32 length, message. The lengths of key and signature must be right. */
export function packChecks(checks: readonly SignatureCheck[]): ArrayBuffer {
  const total = checks.reduce((sum, { message }) => sum + HEAD_BYTES + message.length, 0);
  const buffer = new ArrayBuffer(total);
  const bytes = new Uint8Array(buffer);
  const view = new DataView(buffer);
  let at = 0;
  for (const { publicKey, message, signature } of checks) {
    bytes.set(publicKey, at);
    bytes.set(signature, at + PUBLIC_KEY_BYTES);
    view.setUint32(at + PUBLIC_KEY_BYTES + SIGNATURE_BYTES, message.length);
    bytes.set(message, at + HEAD_BYTES);
    at += HEAD_BYTES + message.length;
  }
  return buffer;
}

/** The checks of {@link packChecks}, as views into the buffer. */
export function unpackChecks(buffer: ArrayBuffer): SignatureCheck[] {
  const view = new DataView(buffer);
  const checks: SignatureCheck[] = [];
  for (let at = 0; at < buffer.byteLength;) {
    const length = view.getUint32(at + PUBLIC_KEY_BYTES + SIGNATURE_BYTES);
    checks.push({
      publicKey: new Uint8Array(buffer, at, PUBLIC_KEY_BYTES),
      signature: new Uint8Array(buffer, at + PUBLIC_KEY_BYTES, SIGNATURE_BYTES),
      message: new Uint8Array(buffer, at + HEAD_BYTES, length),
    });
    at += HEAD_BYTES + length;
  }
  return checks;
}
