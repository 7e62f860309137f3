export { AppShell, type NavItem, PageHeader, ScrollRegion, StatusLight } from './app-shell.tsx';
export { Menu, MenuChoices, MenuItem, MenuLabel, MenuRule } from './menu.tsx';
