export { ASSESS_LIMITS, type Assessed, type AssessedField, assess } from './assess.ts';
export { edgeWidth } from './edge-width.ts';
export { type Exposure, exposureOf } from './exposure.ts';
export { luminanceOf } from './luminance.ts';
