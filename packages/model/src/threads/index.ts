export { answerCalls, type ThreadWork } from './answer-calls.ts';
export { WorkerLink } from './worker-link.ts';
