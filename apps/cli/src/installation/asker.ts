import { DomainError, emailSchema } from '@blastwise/contracts';
import { type Actor, findUserByEmail, type Queryable, SYSTEM } from '@blastwise/db';
import { InvalidArgumentError, Option } from 'commander';
import { askPassword } from '../terminal/ask-password.ts';

/** An admin who asks at the server, and says so with the password. */
export interface Asker {
  readonly email: string;
  readonly password: string;
}

function toEmail(value: string): string {
  const { data, error } = emailSchema.safeParse(value);
  if (data === undefined)
    throw new InvalidArgumentError(error?.issues[0]?.message ?? 'Give an e-mail address.');
  return data;
}

export const byOption = (): Option =>
  new Option(
    '--by <address>',
    'admin who asks, as in the portal; the password is asked for, or read from the first line of standard input (default: nobody in particular)',
  ).argParser(toEmail);

/** Asks for the password of whoever is named; null where nobody is. Before any work. */
export const askerOf = async (by: string | undefined): Promise<Asker | null> =>
  by === undefined ? null : { email: by, password: await askPassword() };

/**
 * Whom a change is by. @throws DomainError FORBIDDEN for a wrong password and for who is no admin that may sign in,
 * PASSWORD_CHANGE_REQUIRED while the password is another's choice.
 */
export async function actorOf(db: Queryable, asker: Asker | null): Promise<Actor> {
  if (!asker) return SYSTEM;
  const { verifyPassword } = await import('@blastwise/db/passwords');
  const user = await findUserByEmail(db, asker.email);
  if (!user || user.disabledAt || !(await verifyPassword(asker.password, user.passwordHash)))
    throw new DomainError('FORBIDDEN', 'The e-mail address or the password is not right.');
  if (user.role !== 'admin')
    throw new DomainError('FORBIDDEN', 'Only an admin may ask for this: leave out --by or name one.');
  if (user.mustChangePassword)
    throw new DomainError(
      'PASSWORD_CHANGE_REQUIRED',
      'The password was chosen by another person: sign in to the portal and choose your own first.',
    );
  return { id: user.id, role: user.role };
}
