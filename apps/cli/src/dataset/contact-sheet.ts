import { RESEARCH_NOTICE } from '@blastwise/contracts';
import type { AugmentationSet, RgbImage, SheetRow } from '@blastwise/model';
import { escapeHtml, htmlPage } from './html.ts';

const SIDE = 112;

const SETS: Readonly<Record<AugmentationSet, { readonly title: string; readonly says: string }>> = {
  published: {
    title: 'The study’s augmentation',
    says: 'Turns of up to 40 degrees, shifts of up to 0.4 of the side, zooms of 0.6 to 1.4, a shear of up to 0.4 degrees, mirrored by chance; beyond an edge its last pixels are repeated. The background stays with the stage.',
  },
  ours: {
    title: 'Our views',
    says: 'Every one by another camera, turned and mirrored by chance. Where colours or a background come from another stage’s field, its name stands below. A cell-less view shows no stage: a network learns to say so.',
  },
};

async function picture(image: RgbImage, caption: string): Promise<string> {
  const { encodePng, thumbnail } = await import('@blastwise/model');
  const bytes = await thumbnail(await encodePng(image), SIDE);
  const source = `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}`;
  const text = escapeHtml(caption);
  return `<li><figure><img src="${source}" width="${SIDE}" height="${SIDE}" alt="${text}"><figcaption style="width: ${SIDE}px">${text}</figcaption></figure></li>`;
}

const listOf = async (pictures: readonly Promise<string>[]): Promise<string> =>
  `<ul class="pictures">${(await Promise.all(pictures)).join('')}</ul>`;

async function section({ field, sets }: SheetRow): Promise<string> {
  const shown = async (set: AugmentationSet): Promise<string> => {
    const copies = sets[set].map(({ kind, image, donor }) =>
      picture(image, donor === null ? kind : `${kind}, with ${donor}`),
    );
    return `<h3>${SETS[set].title}</h3>${await listOf(copies)}`;
  };
  const original = await listOf([picture(field.image, 'as it is read')]);
  return [`<h2>${escapeHtml(field.path)}</h2>`, original, await shown('published'), await shown('ours')].join(
    '\n',
  );
}

/** Fields and what both sets of augmentation make of them, as one page that carries everything in itself. */
export async function contactSheet(rows: readonly SheetRow[]): Promise<string> {
  const explained = Object.values(SETS).map(({ title, says }) => `<dt>${title}</dt><dd>${says}</dd>`);
  const sections: string[] = [];
  for (const row of rows) sections.push(await section(row));
  return htmlPage(
    'Augmentation of fields to train on',
    [`<p>For ${escapeHtml(RESEARCH_NOTICE)}.</p>`, `<dl>${explained.join('')}</dl>`, ...sections].join('\n'),
  );
}
