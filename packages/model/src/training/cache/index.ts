export { type CacheOptions, cacheViews, shownBy } from './cache-views.ts';
export { type CachedView, copyRow, emptyView } from './cached-view.ts';
export { planViews, type ViewPlan } from './plan-views.ts';
