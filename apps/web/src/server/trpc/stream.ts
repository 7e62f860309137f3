import { getTRPCErrorFromUnknown } from '@trpc/server';
import { failureOf } from './error-shape.ts';

/** A stream fails long after its procedure has answered, where no middleware sees it: its failures are mapped here. */
export async function* mapStreamErrors<T>(path: string, stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw failureOf(path, getTRPCErrorFromUnknown(error));
  }
}
