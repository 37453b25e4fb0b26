import { PasswordInput } from "@mantine/core";

export const LEAST_LENGTH = 12;

interface NewPasswordProps {
  readonly password: string;
  readonly onPassword: (text: string) => void;
  readonly repeated: string;
  readonly onRepeated: (text: string) => void;
}

export function NewPassword({ password, onPassword, repeated, onRepeated }: NewPasswordProps) {
  return (
    <>
      <PasswordInput
        label="New password"
        description={`At least ${LEAST_LENGTH} characters. A few unrelated words are good.`}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={password}
        onChange={event => onPassword(event.currentTarget.value)}
      />
      <PasswordInput
        label="The same again"
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={repeated}
        error={
          repeated !== "" && password !== repeated && password.length <= repeated.length
            ? "The two are not equal."
            : undefined
        }
        onChange={event => onRepeated(event.currentTarget.value)}
      />
    </>
  );
}

/** Why this password will not do, or nothing. The server has the last word. */
export function passwordProblem(password: string, repeated: string, email: string): string | undefined {
  if ([...password].length < LEAST_LENGTH) return `The password needs at least ${LEAST_LENGTH} characters.`;
  if (password.trim().toLowerCase() === email.trim().toLowerCase())
    return "The password must not be the email address.";
  return password === repeated ? undefined : "The two passwords are not equal.";
}
