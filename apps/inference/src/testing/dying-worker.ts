// For tests only: a thread that opens and dies at its first call.
import { answerCalls } from '@blastwise/model';

answerCalls(async () => ({
  ready: null,
  run: () => process.exit(1),
  close: async () => undefined,
  buffersOf: () => [],
}));
