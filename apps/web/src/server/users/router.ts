import { z } from 'zod';
import { doneSchema } from '../shared/schemas.ts';
import { router } from '../trpc/init.ts';
import { adminsOnly } from '../trpc/procedures.ts';
import {
  createUserInput,
  endSessionsInput,
  resetPasswordInput,
  setDisabledInput,
  setRoleInput,
  userSchema,
  withoutSeniorSchema,
} from './schemas.ts';
import {
  createUser,
  endSessions,
  listUsers,
  resetPassword,
  setDisabled,
  setRole,
  withoutSenior,
} from './service.ts';

export const usersRouter = router({
  list: adminsOnly.output(z.array(userSchema)).query(({ ctx }) => listUsers(ctx.services)),
  withoutSenior: adminsOnly.output(withoutSeniorSchema).query(({ ctx }) => withoutSenior(ctx.services)),
  create: adminsOnly
    .input(createUserInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => createUser(ctx.services, ctx.session, input)),
  setRole: adminsOnly
    .input(setRoleInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => setRole(ctx.services, ctx.session, input)),
  setDisabled: adminsOnly
    .input(setDisabledInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => setDisabled(ctx.services, ctx.session, input)),
  resetPassword: adminsOnly
    .input(resetPasswordInput)
    .output(userSchema)
    .mutation(({ ctx, input }) => resetPassword(ctx.services, ctx.session, input)),
  endSessions: adminsOnly
    .input(endSessionsInput)
    .output(doneSchema)
    .mutation(({ ctx, input }) => endSessions(ctx.services, ctx.session, input)),
});
