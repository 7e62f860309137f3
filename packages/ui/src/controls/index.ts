export { Button, type ButtonSize, type ButtonVariant, buttonClass } from './button.tsx';
export { Field, type FieldControl } from './field.tsx';
export { Input, Textarea } from './input.tsx';
export { Kbd, KeyHint, Keys } from './kbd.tsx';
export { type Choice, RadioList, SegmentedControl } from './radio-group.tsx';
export { type Option, Select } from './select.tsx';
export { type Tab, TabPanel, Tabs } from './tabs.tsx';
