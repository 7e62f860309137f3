export { Dropzone, fileSize, type UploadItem } from './dropzone.tsx';
