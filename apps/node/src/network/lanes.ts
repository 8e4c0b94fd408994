/**
 * What waits to be sent to one peer, by urgency: votes before proposals before transactions before catch-up. Each lane is
 * bounded; a full lane loses its oldest message, which the protocol repeats if it still matters.
 */
import { FrameType } from './frame.js';

const LANES: Readonly<Record<FrameType, number>> = {
  [FrameType.HELLO]: 0,
  [FrameType.PING]: 0,
  [FrameType.PONG]: 0,
  [FrameType.PASS]: 0,
  [FrameType.WELCOME]: 0,
  [FrameType.FAREWELL]: 0,
  [FrameType.PROGRESS]: 0,
  [FrameType.PREPARE]: 0,
  [FrameType.COMMIT]: 0,
  [FrameType.IMPEACH]: 0,
  [FrameType.P_CERT]: 0,
  [FrameType.VALIDATE]: 0,
  [FrameType.I_CERT]: 0,
  [FrameType.STATUS]: 0,
  [FrameType.CERT_REQ]: 0,
  [FrameType.CERT_RESP]: 0,
  [FrameType.PROPOSE]: 1,
  [FrameType.TX]: 2,
  [FrameType.BLOCK_REQ]: 1,
  [FrameType.BLOCK_RESP]: 3,
  [FrameType.HEADERS_REQ]: 3,
  [FrameType.HEADERS_RESP]: 3,
  [FrameType.CHUNK]: 3,
};
export const LANE_BYTES_MAX: readonly number[] = [8 << 20, 32 << 20, 32 << 20, 48 << 20];

export class Lanes {
  private readonly lanes: Buffer[][][] = [[], [], [], []];
  private readonly bytes = [0, 0, 0, 0];
  /** Messages given up because their lane was full. */
  dropped = 0;

  /** `bytesMax`: of each lane; one message is kept whatever its size. */
  constructor(private readonly bytesMax: readonly number[] = LANE_BYTES_MAX) {}

  /** Queues the frames of one message; they leave together, in order. */
  push(type: FrameType, frames: Buffer[]): void {
    const lane = LANES[type];
    const queue = this.lanes[lane] as Buffer[][];
    queue.push(frames);
    this.bytes[lane] = (this.bytes[lane] as number) + sizeOf(frames);
    while (this.bytes[lane] > (this.bytesMax[lane] as number) && queue.length > 1) {
      this.bytes[lane] = this.bytes[lane] - sizeOf(queue.shift() as Buffer[]);
      this.dropped += 1;
    }
  }

  /** The next message to send, most urgent first. */
  shift(): Buffer[] | null {
    for (let lane = 0; lane < this.lanes.length; lane += 1) {
      const frames = (this.lanes[lane] as Buffer[][]).shift();
      if (frames === undefined) continue;
      this.bytes[lane] = (this.bytes[lane] as number) - sizeOf(frames);
      return frames;
    }
    return null;
  }

  clear(): void {
    for (const lane of this.lanes) lane.length = 0;
    this.bytes.fill(0);
  }
}

function sizeOf(frames: readonly Buffer[]): number {
  return frames.reduce((sum, frame) => sum + frame.length, 0);
}
