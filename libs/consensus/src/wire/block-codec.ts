import { concatBytes, fromHex, u32Bytes, u64Bytes } from '@waymark/ledger/primitives';
import { VoteType } from '../certificates/vote.js';
import {
  encodeBlocks,
  encodeCertificates,
  encodeFlag,
  encodeVote,
  MalformedMessage,
  type MessageReader,
} from './bytes.js';
import {
  WireBounds,
  type BlockRequest,
  type BlockResponse,
  type ProposalBody,
  type WireBlock,
  type WireProposal,
} from './message.js';

/** vote | header 509 | certificates | body: 0 and 32-byte hashes, or 1 and whole transactions. */
export function encodeProposal(proposal: WireProposal): Uint8Array {
  return concatBytes(
    encodeVote(proposal.vote),
    proposal.header,
    encodeCertificates(proposal.certificates),
    encodeProposalBody(proposal.body),
  );
}

export function readProposal(reader: MessageReader): WireProposal {
  const vote = reader.vote();
  if (vote.vote.type !== VoteType.PROPOSE) throw new MalformedMessage('a proposal needs a PROPOSE vote');
  return {
    vote,
    header: reader.bytes(WireBounds.headerBytes),
    certificates: reader.certificates(WireBounds.certificatesInProposal),
    body: readProposalBody(reader),
  };
}

function encodeProposalBody(body: ProposalBody): Uint8Array {
  if (body.kind === 'FULL') return concatBytes(Uint8Array.of(1), encodeBlocks(body.transactions));
  return concatBytes(Uint8Array.of(0), u32Bytes(body.txHashes.length), ...body.txHashes.map(fromHex));
}

function readProposalBody(reader: MessageReader): ProposalBody {
  if (reader.flag()) return { kind: 'FULL', transactions: readTransactions(reader) };
  return {
    kind: 'HASHES',
    txHashes: Array.from({ length: reader.count(WireBounds.transactionsInBlock) }, () => reader.hash()),
  };
}

function readTransactions(reader: MessageReader): Uint8Array[] {
  return Array.from({ length: reader.count(WireBounds.transactionsInBlock) }, () =>
    reader.block(WireBounds.transactionBytes),
  );
}

/** by u8 (0 hashes, 1 heights, 2 transactions) | its fields. */
export function encodeBlockRequest(request: BlockRequest): Uint8Array {
  switch (request.by) {
    case 'HASHES':
      return concatBytes(Uint8Array.of(0), u32Bytes(request.hashes.length), ...request.hashes.map(fromHex));
    case 'HEIGHTS':
      return concatBytes(Uint8Array.of(1), u64Bytes(request.fromHeight), u64Bytes(request.toHeight));
    case 'TRANSACTIONS':
      return concatBytes(
        Uint8Array.of(2),
        fromHex(request.blockHash),
        u32Bytes(request.indexes.length),
        ...request.indexes.map(u32Bytes),
      );
  }
}

export function readBlockRequest(reader: MessageReader): BlockRequest {
  switch (reader.u8()) {
    case 0:
      return {
        by: 'HASHES',
        hashes: Array.from({ length: reader.count(WireBounds.hashesInRequest) }, () => reader.hash()),
      };
    case 1: {
      const fromHeight = reader.u64();
      const toHeight = reader.u64();
      if (toHeight < fromHeight) throw new MalformedMessage('heights run backwards');
      return { by: 'HEIGHTS', fromHeight, toHeight };
    }
    case 2:
      return {
        by: 'TRANSACTIONS',
        blockHash: reader.hash(),
        indexes: Array.from({ length: reader.count(WireBounds.transactionsInBlock) }, () => reader.u32()),
      };
    default:
      throw new MalformedMessage('no such block request');
  }
}

/** of u8 (0 blocks, 1 transactions) | its fields. */
export function encodeBlockResponse(response: BlockResponse): Uint8Array {
  if (response.of === 'BLOCKS')
    return concatBytes(Uint8Array.of(0), u32Bytes(response.blocks.length), ...response.blocks.map(encodeBlock));
  return concatBytes(
    Uint8Array.of(1),
    fromHex(response.blockHash),
    u32Bytes(response.transactions.length),
    ...response.transactions.flatMap(({ index, transaction }) => [
      u32Bytes(index),
      u32Bytes(transaction.length),
      transaction,
    ]),
  );
}

export function readBlockResponse(reader: MessageReader): BlockResponse {
  if (!reader.flag())
    return {
      of: 'BLOCKS',
      blocks: Array.from({ length: reader.count(WireBounds.blocksInResponse) }, () => readBlock(reader)),
    };
  return {
    of: 'TRANSACTIONS',
    blockHash: reader.hash(),
    transactions: Array.from({ length: reader.count(WireBounds.transactionsInBlock) }, () => ({
      index: reader.u32(),
      transaction: reader.block(WireBounds.transactionBytes),
    })),
  };
}

/** header 509 | transactions | flag and, if 1, the PROPOSE vote and certificates. Also the form in which a log keeps a block. */
export function encodeBlock(block: WireBlock): Uint8Array {
  return concatBytes(
    block.header,
    encodeBlocks(block.transactions),
    encodeFlag(block.proposal !== null),
    ...(block.proposal === null
      ? []
      : [encodeVote(block.proposal.vote), encodeCertificates(block.proposal.certificates)]),
  );
}

export function readBlock(reader: MessageReader): WireBlock {
  const header = reader.bytes(WireBounds.headerBytes);
  const transactions = readTransactions(reader);
  if (!reader.flag()) return { header, transactions, proposal: null };
  const vote = reader.vote();
  if (vote.vote.type !== VoteType.PROPOSE) throw new MalformedMessage('a proposal needs a PROPOSE vote');
  return {
    header,
    transactions,
    proposal: { vote, certificates: reader.certificates(WireBounds.certificatesInProposal) },
  };
}
