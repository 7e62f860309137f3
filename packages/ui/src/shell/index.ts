export { AppShell, type NavItem, PageHeader, StatusLight } from './app-shell.tsx';
export { Menu, MenuChoices, MenuItem, MenuLabel, MenuRule } from './menu.tsx';
