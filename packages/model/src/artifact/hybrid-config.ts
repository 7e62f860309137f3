import { DomainError } from '@blastwise/contracts';
import type { HybridConfig } from '../architecture/hybrid/config.ts';
import type { Manifest } from './manifest.ts';

/**
 * The configuration of a model that is a network.
 *
 * @param use what only a network can be, such as `exported`; stands in the message.
 * @throws DomainError BAD_INPUT for any other model.
 */
export function hybridConfigOf(
  { name, architecture }: Pick<Manifest, 'name' | 'architecture'>,
  use: string,
): HybridConfig {
  if (architecture.kind === 'hybrid') return architecture.config;
  throw new DomainError(
    'BAD_INPUT',
    `The model ${name} is no network (${architecture.kind}): only a hybrid network can be ${use}.`,
  );
}
