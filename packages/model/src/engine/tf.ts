// The one place that names the tfjs packages: everybody else imports `* as tf` from here.
export * from '@tensorflow/tfjs-core';
export * from '@tensorflow/tfjs-layers';
