export { type FieldOptions, type GeneratedField, generateField } from './generate-field.ts';
