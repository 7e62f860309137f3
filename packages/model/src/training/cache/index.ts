export {
  type CachedView,
  type CacheOptions,
  cacheViews,
  copyRow,
  planViews,
  type ViewPlan,
} from './cache-views.ts';
