import { Skeleton } from '@blastwise/ui';

/** A case of the final layout, while it loads. */
export function CaseSkeleton() {
  return (
    <div className="flex h-full flex-col" aria-busy="true">
      <span className="sr-only" role="status">
        Loading the case
      </span>
      <div className="flex h-12 items-center gap-4 border-b border-rule px-5">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-4 w-24" />
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_auto]">
        <div className="flex flex-col">
          <div className="h-10 border-b border-rule" />
          <div className="h-9 border-b border-rule" />
          <div className="flex-1 bg-matte" />
        </div>
        <div className="w-[21.5rem] border-l border-rule bg-surface xl:grid xl:w-auto xl:grid-cols-[21.5rem_20rem]">
          <div className="flex flex-col gap-4 p-4">
            <Skeleton className="h-20" />
            <Skeleton className="h-28" />
            <Skeleton className="h-34" />
          </div>
          <div className="hidden border-l border-rule xl:block">
            <div className="h-13 border-b border-rule" />
            <div className="flex flex-col gap-4 p-4">
              <Skeleton className="h-44" />
              <Skeleton className="h-16" />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
