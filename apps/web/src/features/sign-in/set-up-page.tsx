import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { setUp, signIn } from '../../session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { EntryCard } from './entry-card.tsx';

const route = getRouteApi('/setup');

export function SetUpPage() {
  const { token } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [fields, setFields] = useState({ name: '', email: '', password: '' });
  const set = (name: keyof typeof fields) => (event: FormEvent<HTMLInputElement>) =>
    setFields({ ...fields, [name]: event.currentTarget.value });
  const creation = useMutation({
    mutationFn: async () => {
      const { name, email, password } = fields;
      await setUp({ token, email, password, ...(name === '' ? {} : { name }) });
      await signIn({ email, password });
    },
    onSuccess: () => {
      queryClient.clear();
      router.history.push('/');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creation.mutate();
  };
  return (
    <EntryCard title="Create the first admin">
      <form onSubmit={submit}>
        <Stack>
          {token === '' && <Text>This page needs the one-time link that was printed at start.</Text>}
          {creation.isError && <ProblemAlert error={creation.error} />}
          <TextInput label="Name" autoComplete="name" value={fields.name} onChange={set('name')} />
          <TextInput
            label="Email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={fields.email}
            onChange={set('email')}
          />
          <PasswordInput
            label="Password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
            description="At least 12 characters"
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={12}
            value={fields.password}
            onChange={set('password')}
          />
          <Button type="submit" loading={creation.isPending} disabled={token === ''}>
            Create account
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
