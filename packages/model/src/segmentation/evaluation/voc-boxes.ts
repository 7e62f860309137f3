import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { DomainError } from '@blastwise/contracts';
import type { Box } from '../../images/index.ts';

export interface BoxedField {
  readonly image: string;
  readonly annotation: string;
}

/** Finds the fields of a folder in Pascal VOC form: `Annotations/NAME.xml` with `JPEGImages/NAME.jpg`. */
export async function findBoxedFields(directory: string): Promise<BoxedField[]> {
  const list = (folder: string) => readdir(join(directory, folder)).catch((): string[] => []);
  const images = new Map((await list('JPEGImages')).map((name) => [parse(name).name, name]));
  const fields = (await list('Annotations')).sort().flatMap((name) => {
    const image = images.get(parse(name).name);
    if (!name.endsWith('.xml') || image === undefined) return [];
    return [
      { image: join(directory, 'JPEGImages', image), annotation: join(directory, 'Annotations', name) },
    ];
  });
  if (fields.length === 0)
    throw new DomainError(
      'NOT_FOUND',
      `${directory} holds no fields with boxes (JPEGImages and Annotations).`,
    );
  return fields;
}

/** The boxes of one kind of object in a Pascal VOC annotation, whose pixels count from 1 and include the last. */
export function parseVocBoxes(xml: string, kind: string): Box[] {
  return [...xml.matchAll(/<object>(.*?)<\/object>/gs)].flatMap(([, object = '']) => {
    if (/<name>\s*(.*?)\s*<\/name>/.exec(object)?.[1] !== kind) return [];
    const side = (tag: string) =>
      Number(new RegExp(`<${tag}>\\s*(-?[\\d.]+)\\s*</${tag}>`).exec(object)?.[1]);
    const box = { left: side('xmin') - 1, top: side('ymin') - 1, right: side('xmax'), bottom: side('ymax') };
    if (!Object.values(box).every(Number.isFinite))
      throw new DomainError('BAD_INPUT', 'An annotation holds a box without its four sides.');
    return [box];
  });
}
