import { type CSSVariablesResolver, createTheme, Table } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: '650' },
  components: { Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm' } }) },
});

/** Secondary text and error text at 4.5:1 or more on page and panel; chart colours are Okabe-Ito's. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#50575e',
    '--mantine-color-placeholder': '#636b74',
    '--mantine-color-error': '#c01c28',
    '--page-background': '#f6f7f9',
    '--panel-background': '#ffffff',
    '--panel-border': '#dfe3e8',
    '--series-current': '#0072b2',
    '--series-reference': '#8d8d8d',
    '--series-threshold': '#b34700',
    '--series-positive': '#b34700',
    '--series-negative': '#0072b2',
    '--state-good': '#00704f',
    '--state-warning': '#8f5b00',
    '--state-bad': '#b3261e',
    '--state-unknown': '#50575e',
  },
  dark: {
    '--mantine-color-dimmed': '#b3b9c1',
    '--mantine-color-placeholder': '#a0a6ae',
    '--mantine-color-error': '#ff8a80',
    '--page-background': '#15171a',
    '--panel-background': '#1d2024',
    '--panel-border': '#34393f',
    '--series-current': '#56b4e9',
    '--series-reference': '#9a9a9a',
    '--series-threshold': '#e69f00',
    '--series-positive': '#e69f00',
    '--series-negative': '#56b4e9',
    '--state-good': '#4cc9a0',
    '--state-warning': '#f0b429',
    '--state-bad': '#ff8a80',
    '--state-unknown': '#b3b9c1',
  },
});
