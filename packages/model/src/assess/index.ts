export { ASSESS_LIMITS, type Assessed, type AssessedField, assess } from './assess.ts';
export { edgeWidth } from './edge-width.ts';
export { type Exposure, exposureOf, luminanceOf } from './luminance.ts';
