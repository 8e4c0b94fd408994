/**
 * Which answers of a fast engine to compare with the slow reference: of lists every n-th item over the life of the service;
 * of trees, and of what is packed, whole answers, so that their work stays under an n-th of all work asked for.
 */
import type { Operation, OperationAnswers, OperationRequests } from '../contract/index.js';
import { differsFromReference } from './answers-differ.js';

type ListOperation = 'verify' | 'hash';

export class CrossCheck {
  private readonly asked = new Map<Operation, number>();
  private readonly compared = new Map<Operation, number>();

  /** @param every one in so many; 0: nothing is compared. */
  constructor(private readonly every: number) {}

  /** What is wrong with an answer, in words; undefined: nothing, or it was not looked at. */
  findsWrong<O extends Operation>(
    operation: O,
    request: OperationRequests[O],
    answer: OperationAnswers[O],
    size: number,
  ): string | undefined {
    if (this.every <= 0) return undefined;
    const before = this.asked.get(operation) ?? 0;
    this.asked.set(operation, before + size);
    if (operation === 'verify' || operation === 'hash') {
      const indexes: number[] = [];
      for (let index = (this.every - (before % this.every)) % this.every; index < size; index += this.every)
        indexes.push(index);
      const some = <T>(items: readonly T[]) => indexes.map((index) => items[index] as T);
      return differsFromReference<ListOperation>(
        operation,
        some(request as OperationRequests['verify']),
        some(answer as OperationAnswers['verify']),
      );
    }
    const work = this.compared.get(operation) ?? 0;
    // The first answer is always compared: a lie that begins with the service is found at once.
    if (work > 0 && (work + size) * this.every > before + size) return undefined;
    this.compared.set(operation, work + Math.max(1, size));
    return differsFromReference(operation, request, answer);
  }
}
