import type { Accelerator, Engine, Operation, OperationAnswers, OperationRequests } from '../../contract/index.js';
import { acceleratorOf, pathsFrom } from '../../portable/service/index.js';
import { nativeHashing } from '../native/hashing.js';
import { digestsOf } from '../native/merkle.js';
import { openDevice } from './device.js';
import { GpuHashing } from './gpu-hashing.js';

/** WGSL has no 64-bit multiplication: a GPU hashes; curves want another way to it. */
const GPU_OPERATIONS = ['hash', 'merkle-root', 'merkle-paths'] as const satisfies readonly Operation[];

/**
 * Hashing and Merkle trees on a GPU through WebGPU (Dawn over Vulkan, Metal or D3D12): the same kernels on a software device
 * and a card. Starts only where the package `webgpu` and a device are there.
 */
export function gpuEngine(): Engine {
  return { name: 'gpu', operations: GPU_OPERATIONS, onCallingThread: false, start: startGpu };
}

async function startGpu(): Promise<Accelerator> {
  const opened = await openDevice();
  const hashing = new GpuHashing(opened);
  const answer = async (operation: Operation, request: unknown): Promise<unknown> => {
    switch (operation) {
      case 'hash': {
        const messages = request as OperationRequests['hash'];
        return messages.length === 0 ? [] : digestsOf(await hashing.hash(messages));
      }
      case 'merkle-root': {
        const leaves = request as OperationRequests['merkle-root'];
        return leaves.length === 0 ? nativeHashing.sha256(new Uint8Array(0)) : (await hashing.tree(leaves, true))[0];
      }
      case 'merkle-paths': {
        const { leaves, indexes } = request as OperationRequests['merkle-paths'];
        const levels = leaves.length === 0 ? [] : await hashing.tree(leaves, false);
        return pathsFrom(levels.map(digestsOf), indexes, nativeHashing);
      }
      default:
        throw new Error(`a GPU does not ${operation}`);
    }
  };
  const running = acceleratorOf(
    'gpu',
    <O extends Operation>(operation: O, request: OperationRequests[O]) =>
      answer(operation, request) as Promise<OperationAnswers[O]>,
  );
  return {
    ...running,
    name: `gpu (${opened.description})`,
    async close() {
      await running.close();
      opened.close();
    },
  };
}
