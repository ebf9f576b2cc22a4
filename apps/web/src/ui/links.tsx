import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  NavLink,
  type NavLinkProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type AnchorAttributes = Omit<ComponentPropsWithRef<'a'>, 'color' | 'style'>;

/** Mantine's anchor, button and nav link as typed router links. */
export const AnchorLink = createLink((props: AnchorProps & AnchorAttributes) => (
  <Anchor inherit {...props} />
));

export const ButtonLink = createLink((props: ButtonProps & AnchorAttributes) => (
  <Button component="a" {...props} />
));

export const NavigationLink = createLink((props: NavLinkProps & AnchorAttributes) => (
  <NavLink component="a" {...props} />
));
