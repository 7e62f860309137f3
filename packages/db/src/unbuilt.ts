import { DomainError } from '@blastwise/contracts';

export function unbuilt(..._: unknown[]): never {
  throw new DomainError('INTERNAL', 'Not built yet.');
}
