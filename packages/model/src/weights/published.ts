import { type BackboneName, backboneOf, type ModelName } from '../architecture/index.ts';

export const DIGEST_KINDS = ['md5', 'sha256'] as const;
export interface Digest {
  readonly kind: (typeof DIGEST_KINDS)[number];
  readonly hex: string;
}

/** A backbone's ImageNet weights as Keras publishes them. */
export interface PublishedWeights {
  /** Below {@link PUBLISHED_AT}: the file without top. */
  readonly path: string;
  /** What Keras itself checks it by. */
  readonly digest: Digest;
  /** The same of the file with its classifier, whose top is left out. */
  readonly withTop: Digest;
}

export const PUBLISHED_AT = 'https://storage.googleapis.com/tensorflow/keras-applications/';

const md5 = (hex: string): Digest => ({ kind: 'md5', hex });
const sha256 = (hex: string): Digest => ({ kind: 'sha256', hex });
const denseNet = (name: string, digest: string, withTop: string): PublishedWeights => ({
  path: `densenet/${name}_weights_tf_dim_ordering_tf_kernels_notop.h5`,
  digest: md5(digest),
  withTop: md5(withTop),
});
const convNeXt = (name: string, digest: string, withTop: string): PublishedWeights => ({
  path: `convnext/${name}_notop.h5`,
  digest: sha256(digest),
  withTop: sha256(withTop),
});

/** From the sources of keras.applications, version 3. ConvNeXt-Base was trained on ImageNet-21k first. */
export const PUBLISHED_WEIGHTS = {
  vgg16: {
    path: 'vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
    digest: md5('6d6bbae143d832006294945121d1f1fc'),
    withTop: md5('64373286793e3c8b2b4e3219cbf3544b'),
  },
  densenet121: denseNet(
    'densenet121',
    '30ee3e1110167f948a6b9946edeeb738',
    '9d60b8095a5708f2dcce2bca79d332c7',
  ),
  densenet169: denseNet(
    'densenet169',
    'b8c4d4c20dd625c148057b9ff1c1176b',
    'd699b8f76981ab1b30698df4c175e90b',
  ),
  densenet201: denseNet(
    'densenet201',
    'c13680b51ded0fb44dff2d8f86ac8bb1',
    '1ceb130c1ea1b78c3bf6114dbdfd8807',
  ),
  convnext_tiny: convNeXt(
    'convnext_tiny',
    'd547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1',
    '8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff',
  ),
  convnext_small: convNeXt(
    'convnext_small',
    '6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab',
    'ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c',
  ),
  convnext_base: convNeXt(
    'convnext_base',
    '40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45',
    '52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6',
  ),
} as const satisfies Partial<Record<BackboneName, PublishedWeights>>;

/** Backbones whose weights are imported; MobileNetV2's come with the package. */
export type ImportedBackbone = keyof typeof PUBLISHED_WEIGHTS;

/** The backbone that people call so; the type says that it is one whose weights are imported. */
export const importedBackbone = (model: ModelName<ImportedBackbone>): ImportedBackbone =>
  backboneOf(model) as ImportedBackbone;
