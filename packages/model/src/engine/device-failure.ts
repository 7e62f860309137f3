import { DomainError } from '@blastwise/contracts';

/** What of a `GPUDevice` tells that it failed. */
export interface FailingDevice {
  readonly lost: Promise<{ readonly message: string }>;
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
}

/** Afterwards answers with the first command that the device refused, out of memory included, or with its loss. */
export function firstFailure(device: FailingDevice): () => DomainError | undefined {
  let failure: DomainError | undefined;
  const note = ({ message }: { readonly message: string }) => {
    const sentence = message.split('\n')[0]?.slice(0, 200) ?? '';
    failure ??= new DomainError('UNAVAILABLE', `The graphics device failed: ${sentence}`);
  };
  device.addEventListener('uncapturederror', ({ error }) => note(error));
  void device.lost.then(note);
  return () => failure;
}
