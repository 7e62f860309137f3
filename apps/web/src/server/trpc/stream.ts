import { getTRPCErrorFromUnknown } from '@trpc/server';
import { z } from 'zod';
import { failureOf } from './error-shape.ts';

/**
 * The output of a subscription: what it yields is parsed one by one, as it comes. A stream fails long after its procedure
 * has answered, where no middleware sees it: its failures are mapped here.
 */
export const streamOf = <T extends z.ZodType>(path: string, item: T) =>
  z.custom<AsyncIterable<z.input<T>>>(isAsyncIterable).transform((stream) => parsed(path, item, stream));

const isAsyncIterable = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && Symbol.asyncIterator in given;

async function* parsed<T extends z.ZodType>(
  path: string,
  item: T,
  stream: AsyncIterable<z.input<T>>,
): AsyncGenerator<z.output<T>> {
  try {
    for await (const value of stream) yield item.parse(value);
  } catch (error) {
    throw failureOf(path, getTRPCErrorFromUnknown(error));
  }
}
