export { Badge, Callout, type Tone } from './badge.tsx';
export { Dialog } from './dialog.tsx';
export { EmptyState, Progress, Skeleton } from './states.tsx';
export { type ToastMessage, ToastProvider, useToast } from './toast.tsx';
export { Tooltip, TooltipProvider } from './tooltip.tsx';
