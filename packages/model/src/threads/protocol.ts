import { DomainError, type ErrorCode } from '@blastwise/contracts';

/** An error on its way out of a thread; `code` is null where nobody expected it. */
export interface Fault {
  readonly code: ErrorCode | null;
  readonly message: string;
}

export type Call<Request> =
  | { readonly kind: 'run'; readonly id: number; readonly request: Request }
  | { readonly kind: 'close' };

export type Reply<Ready, Answer> =
  | { readonly kind: 'ready'; readonly ready: Ready }
  | { readonly kind: 'unavailable'; readonly fault: Fault }
  | { readonly kind: 'done'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly id: number; readonly fault: Fault };

export function faultOf(error: unknown): Fault {
  if (error instanceof DomainError) return { code: error.code, message: error.message };
  return { code: null, message: error instanceof Error ? error.message : String(error) };
}

export const errorOf = ({ code, message }: Fault): Error =>
  code === null ? new Error(message) : new DomainError(code, message);
