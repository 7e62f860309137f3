import { InvalidArgumentError } from 'commander';

export type Numbers<Name extends string> = Partial<Record<Name, number>>;

/** A reader of `name=number,…` on the command line: some of `names`, each at most once. */
export function toNumbersFor<Name extends string>(names: readonly Name[]): (value: string) => Numbers<Name> {
  return (value) => {
    const numbers: Numbers<Name> = {};
    for (const part of value.split(',')) {
      const [, given = '', digits = ''] = /^\s*([^=\s]+)\s*=\s*(\S+)\s*$/.exec(part) ?? [];
      const name = names.find((known) => known === given);
      const number = Number(digits);
      if (!name || digits === '' || !Number.isFinite(number))
        throw new InvalidArgumentError(`Give NAME=NUMBER, with a comma between, for ${names.join(', ')}.`);
      if (name in numbers) throw new InvalidArgumentError(`It gives ${name} twice.`);
      numbers[name] = number;
    }
    return numbers;
  };
}

/** The same text back. */
export const asAssignments = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, number]) => `${name}=${number}`)
    .join(',');
