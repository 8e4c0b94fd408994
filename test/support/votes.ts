import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { decodeLoggedVote, LogFrameType } from '@waymark/consensus/signing';
import { VoteType } from '@waymark/consensus/certificates';
import { readSegment } from '../../apps/node/src/wal/write-ahead-log.js';

const names = new Map<number, string>(Object.entries(VoteType).map(([name, type]) => [type, name]));

/** Every own vote that a node's write-ahead log still holds: what it said, slot by slot. */
export function votesOf(nodeFolder: string): { type: string; epoch: number; view: number; payload: string }[] {
  const folder = path.join(nodeFolder, 'data', 'wal');
  if (!existsSync(folder)) throw new Error(`${folder} is not there: where does the node keep its log?`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.wal'))
    .sort()
    .flatMap((name) => readSegment(new Uint8Array(readFileSync(path.join(folder, name)))).frames)
    .filter(({ type }) => type === LogFrameType.VOTE)
    .flatMap(({ payload }) => {
      const vote = decodeLoggedVote(payload)?.vote;
      if (!vote) return [];
      return [
        {
          type: names.get(vote.type) ?? 'UNKNOWN',
          epoch: vote.epoch,
          view: vote.view,
          payload: vote.type === VoteType.IMPEACH ? '' : vote.blockHash,
        },
      ];
    });
}
