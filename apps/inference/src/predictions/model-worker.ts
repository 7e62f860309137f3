// Reads images apart from the event loop: the pixels of a large one take seconds.
import { answerCalls } from '@blastwise/model';
import { serveModel } from './serve-model.ts';
import type { ModelSetup } from './threaded-model.ts';

answerCalls((setup: ModelSetup) => serveModel(setup));
