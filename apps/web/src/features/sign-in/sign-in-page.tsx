import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { signIn } from '../../session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { EntryCard } from './entry-card.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { return_to: returnTo } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const entry = useMutation({
    mutationFn: () => signIn({ email, password }),
    onSuccess: () => {
      queryClient.clear();
      router.history.push(returnTo ?? '/');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    entry.mutate();
  };
  return (
    <EntryCard title="Sign in to Plumbline">
      <form onSubmit={submit}>
        <Stack>
          {entry.isError && <ProblemAlert error={entry.error} />}
          <TextInput
            label="Email"
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={entry.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
