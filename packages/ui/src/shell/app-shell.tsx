'use client';

import type { ComponentType, ReactNode, Ref } from 'react';
import { cn } from '../cn.ts';
import { Tooltip } from '../feedback/tooltip.tsx';

export interface NavItem {
  href: string;
  label: string;
  icon: ReactNode;
  current: boolean;
  keys?: string;
  /** What waits there; none is shown for 0. */
  count?: number;
  /** Besides following the link. */
  onSelect?: () => void;
}

/** The framework's own link. */
type LinkType = ComponentType<{
  href: string;
  className: string;
  'aria-current'?: 'page';
  onClick?: () => void;
  children: ReactNode;
}>;

/** The frame of every page: a narrow rail on the left, a status bar below, the page between. */
export function AppShell(props: {
  brand: ReactNode;
  nav: readonly (readonly NavItem[])[];
  link: LinkType;
  railFoot: ReactNode;
  status: ReactNode;
  notice: string;
  children: ReactNode;
}) {
  return (
    <div className="grid h-dvh grid-cols-[4.25rem_1fr] grid-rows-[1fr_1.625rem] bg-bg">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <nav aria-label="Main" className="flex min-h-0 flex-col border-r border-rule bg-sunken">
        <div className="flex h-12 shrink-0 items-center justify-center">{props.brand}</div>
        <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
          {props.nav.map((group) => (
            <ul key={group[0]?.href} className="flex flex-col border-rule py-1 not-first:border-t">
              {group.map((item) => (
                <li key={item.href}>
                  <NavLink item={item} link={props.link} />
                </li>
              ))}
            </ul>
          ))}
        </div>
        <div className="flex flex-col items-center gap-1 py-2">{props.railFoot}</div>
      </nav>
      <main id="main" tabIndex={-1} className="min-h-0 min-w-0 overflow-hidden outline-none">
        {props.children}
      </main>
      <footer className="tabular col-span-2 flex items-center gap-5 border-t border-rule bg-sunken px-3 text-2xs text-ink-3">
        <strong className="font-semibold text-ink-2">{props.notice}</strong>
        {props.status}
      </footer>
    </div>
  );
}

function NavLink({ item, link: Link }: { item: NavItem; link: LinkType }) {
  return (
    <Tooltip text={item.label} side="right" {...(item.keys ? { keys: item.keys } : {})}>
      <Link
        href={item.href}
        {...(item.current ? { 'aria-current': 'page' as const } : {})}
        {...(item.onSelect ? { onClick: item.onSelect } : {})}
        className={cn(
          'relative flex h-13 flex-col items-center justify-center gap-1 text-2xs text-ink-3 hover:text-ink focus-visible:-outline-offset-2',
          '[&_svg]:size-4.5 [&_svg]:stroke-[1.6]',
          item.current &&
            'font-medium text-ink before:absolute before:inset-y-2.5 before:left-0 before:w-0.5 before:bg-accent',
        )}
      >
        {item.icon}
        {item.label}
        {item.count ? <NavCount count={item.count} /> : null}
      </Link>
    </Tooltip>
  );
}

/** Beside the icon, over the rail: nothing moves when it comes or goes. */
function NavCount({ count }: { count: number }) {
  return (
    <>
      <span
        aria-hidden="true"
        className="tabular absolute top-1 left-1/2 ml-2 min-w-4 rounded-full bg-accent px-1 text-center text-2xs font-semibold text-accent-ink"
      >
        {count > 99 ? '99+' : count}
      </span>
      <span className="sr-only">, {count} waiting</span>
    </>
  );
}

/** Title and controls of a page, above its content. */
export function PageHeader(props: {
  title: ReactNode;
  /** Takes the focus from a control that goes away. */
  headingRef?: Ref<HTMLHeadingElement>;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <header
      className={cn('flex h-12 shrink-0 items-center gap-4 border-b border-rule px-5', props.className)}
    >
      <h1
        ref={props.headingRef}
        {...(props.headingRef ? { tabIndex: -1 } : {})}
        className="text-base font-semibold tracking-tight whitespace-nowrap"
      >
        {props.title}
      </h1>
      {props.children}
    </header>
  );
}

interface StatusLightProps {
  tone: 'good' | 'warn' | 'bad' | 'neutral';
  /** Breaks lines, where it stands in a narrow column. */
  wraps?: boolean;
  children: ReactNode;
}

/** A small round light with words beside it; the words carry the meaning. */
export function StatusLight({ tone, wraps = false, children }: StatusLightProps) {
  const color = { good: 'bg-good', warn: 'bg-warn', bad: 'bg-bad', neutral: 'bg-edge' }[tone];
  return (
    <span className={cn('inline-flex gap-1.5', wraps ? 'items-baseline' : 'items-center whitespace-nowrap')}>
      <span
        aria-hidden="true"
        className={cn('size-1.5 shrink-0 rounded-full', wraps && '-translate-y-px', color)}
      />
      {children}
    </span>
  );
}

/** A part of the page that scrolls by itself, reachable by keyboard so that the keys can scroll it. */
export function ScrollRegion(props: { label: string; children: ReactNode; className?: string }) {
  return (
    <section
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
      tabIndex={0}
      className={cn('min-h-0 overflow-y-auto focus-visible:-outline-offset-2', props.className)}
    >
      {props.children}
    </section>
  );
}
