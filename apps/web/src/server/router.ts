import { auditRouter } from './audit/router.ts';
import { casesRouter } from './cases/router.ts';
import { costsRouter } from './costs/router.ts';
import { liveRouter } from './live/router.ts';
import { meRouter } from './me/router.ts';
import { modelsRouter } from './models/router.ts';
import { monitoringRouter } from './monitoring/router.ts';
import { progressRouter } from './progress/router.ts';
import { reviewsRouter } from './reviews/router.ts';
import { settingsRouter } from './settings/router.ts';
import { signaturesRouter } from './signatures/router.ts';
import { statusRouter } from './status/router.ts';
import { trainingsRouter } from './trainings/router.ts';
import { router } from './trpc/init.ts';
import { usersRouter } from './users/router.ts';

export const appRouter = router({
  audit: auditRouter,
  cases: casesRouter,
  costs: costsRouter,
  live: liveRouter,
  me: meRouter,
  models: modelsRouter,
  monitoring: monitoringRouter,
  progress: progressRouter,
  reviews: reviewsRouter,
  settings: settingsRouter,
  signatures: signaturesRouter,
  status: statusRouter,
  trainings: trainingsRouter,
  users: usersRouter,
});
export type AppRouter = typeof appRouter;
