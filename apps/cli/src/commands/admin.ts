import { emailSchema, passwordSchema, ROLES, type Role } from '@blastwise/contracts';
import { Command, Option } from 'commander';
import type { z } from 'zod';
import { jsonOption } from '../inputs/options.ts';
import { choosePassword } from '../terminal/ask-password.ts';
import { say, sayJson } from '../terminal/print.ts';
import { UsageError } from '../usage.ts';

interface Options {
  email: string;
  name: string;
  role: Role;
  json?: true;
}

export function adminCommand(): Command {
  return new Command('admin').description('manage accounts at the server').addCommand(adminCreateCommand());
}

function adminCreateCommand(): Command {
  return new Command('create')
    .description(
      'create an account; the password is asked for, or read from the first line of standard input',
    )
    .requiredOption('--email <address>', 'what the person signs in with')
    .requiredOption('--name <name>', 'as it stands in the audit trail')
    .addOption(new Option('--role <role>', 'what the person may do').choices(ROLES).default('admin'))
    .addOption(jsonOption())
    .action(async (options: Options) => {
      const email = checked(emailSchema, options.email);
      const name = options.name.trim();
      if (name === '') throw new UsageError('Give a name.');
      const password = checked(passwordSchema, await choosePassword());
      const { withInstallation } = await import('../installation/open.ts');
      const { createUser, sealAudit, SYSTEM } = await import('@blastwise/db');
      const { hashPassword } = await import('@blastwise/db/passwords');
      const passwordHash = await hashPassword(password);
      const user = await withInstallation({ existing: false, migrated: true }, async ({ db, auditKey }) => {
        const created = await createUser(db, {
          actor: SYSTEM,
          email,
          name,
          role: options.role,
          passwordHash,
        });
        // The product may not be running, and nothing may stay unsealed.
        await sealAudit(db, auditKey);
        return created;
      });
      if (options.json) sayJson({ id: user.id, email: user.email, name: user.name, role: user.role });
      else say(`Created ${user.role} ${user.name} <${user.email}>.`);
    });
}

function checked<T>(schema: z.ZodType<T>, value: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues[0]?.message ?? 'The value is not valid.');
}
