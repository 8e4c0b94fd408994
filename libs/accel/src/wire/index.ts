export { WireError } from './bytes.js';
export { decodeAnswer, decodeRequest, encodeAnswer, encodeRequest, operationNumber, operationOf } from './codec.js';
export { verifyWellFormed } from './well-formed.js';
