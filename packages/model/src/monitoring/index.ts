export {
  type Judge,
  type JudgeOptions,
  judgeAgainst,
  suffices,
  WATCH_RULES,
  type WatchedCase,
  type WatchRules,
} from './judge-window.ts';
export { WATCHED, type WatchedField } from './watched.ts';
