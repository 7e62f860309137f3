import { BACKBONE_NAMES, type BackboneName } from './backbones.ts';

type Dashed<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}-${Dashed<Tail>}`
  : Name;

/** What people call a backbone, on the command line and in artifacts: `convnext-base`. */
export type ModelName<Name extends BackboneName = BackboneName> = Name extends string ? Dashed<Name> : never;

export const modelNameOf = <Name extends BackboneName>(backbone: Name): ModelName<Name> =>
  backbone.replaceAll('_', '-') as ModelName<Name>;

/** The backbone that people call so. */
export function backboneOf(model: ModelName): BackboneName {
  const found = BACKBONE_NAMES.find((backbone) => modelNameOf(backbone) === model);
  if (found === undefined) throw new RangeError(`There is no backbone ${model}.`);
  return found;
}
